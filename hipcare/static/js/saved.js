// What was ticked is on the server now: forget it here.

import { forgetTicks } from "./ticks.js";

forgetTicks();
