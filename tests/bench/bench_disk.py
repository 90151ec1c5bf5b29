"""What a saved session of four exercises weighs on disk, with its rows and all their indexes."""

from tests.bench import crowd
from tests.bench.stage import FEWEST_ROUNDS
from tests.bench.targets import Target

SESSIONS = 8_000
FOR_A_TRY = 400  # where nobody reads the number
KILOBYTE = 1_024  # as disks count


def main(rounds):
    """Save many, print the difference, and return the target."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from programmes.models import Version  # noqa: PLC0415

    number = SESSIONS if rounds >= FEWEST_ROUNDS else FOR_A_TRY
    crowd.clinic_of(20, days=1, today=timezone.localdate())
    versions = list(Version.objects.filter(programme__patient__clinic__name="Clinic of 20"))
    before = size(connection)
    save(versions, number)
    each = (size(connection) - before) / number
    what = f"a session of {crowd.EXERCISES} exercises on {connection.vendor}"
    print(f"Disk: {what}, with its rows and their indexes: {each:.0f} bytes")
    return [Target(f"{what}, on disk", each, KILOBYTE, "B")]


def save(versions, number):
    """Save ``number`` sessions as ``save_session`` writes them, shared out over ``versions``."""
    import datetime as dt  # noqa: PLC0415

    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from programmes.models import PerformedExercise, Session  # noqa: PLC0415

    today = timezone.localdate()
    rows = {version.pk: list(version.prescriptions.all()) for version in versions}
    sessions = [
        crowd.session_of(versions[n % len(versions)], today - dt.timedelta(days=n // len(versions)), n)
        for n in range(number)
    ]
    with transaction.atomic():
        Session.objects.bulk_create(sessions, crowd.IN_ONE_GO)
        PerformedExercise.objects.bulk_create(
            (
                PerformedExercise(
                    session=session, prescription=row, outcome="done" if (n + row.order) % 4 else "skipped"
                )
                for n, session in enumerate(sessions)
                for row in rows[session.version_id]
            ),
            crowd.IN_ONE_GO,
        )


def size(connection):
    """Return the bytes of the database, with nothing left over from what was deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL")
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]
        cursor.execute("VACUUM")
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return cursor.fetchone()[0]
