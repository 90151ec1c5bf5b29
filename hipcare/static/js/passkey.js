// Passkeys and security keys. A form with data-hc-passkey asks the device before it is sent:
//   create  a new key, with the options in #passkey-options
//   get     an answer from a key of this person, with the options in #passkey-options
//   ask     an answer from any passkey of this site, with options fetched from the form's own address
// The form stays hidden where the browser has no passkeys.

function bytesOf(base64url) {
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function base64urlOf(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

// Options come as JSON, where bytes are base64url; the device wants bytes.
function forDevice({ publicKey }) {
  const options = { ...publicKey, challenge: bytesOf(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytesOf(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    options[list] = options[list]?.map((known) => ({ ...known, id: bytesOf(known.id) }));
  }
  return { publicKey: options };
}

// And the answer goes back the same way.
function forServer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = base64urlOf(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: base64urlOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

const optionsOfPage = () => JSON.parse(document.getElementById("passkey-options").textContent);

async function create(form) {
  const { creation_options: options } = optionsOfPage();
  const isPasswordless = form.elements.passwordless?.checked ?? false;
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: isPasswordless ? "required" : "discouraged",
    requireResidentKey: isPasswordless,
    ...(isPasswordless && { userVerification: "required" }),
  });
  return navigator.credentials.create(forDevice(options));
}

const get = () => navigator.credentials.get(forDevice(optionsOfPage().request_options));

async function ask(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return navigator.credentials.get(forDevice((await answer.json()).request_options));
}

const ceremonies = { create, get, ask };

async function askDeviceThenSend(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const trouble = form.querySelector("[data-hc-passkey-trouble]");
  trouble.hidden = true;
  try {
    const credential = await ceremonies[form.dataset.hcPasskey](form);
    form.elements.credential.value = forServer(credential);
    form.submit();
  } catch {
    trouble.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-hc-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", askDeviceThenSend);
  }
}
