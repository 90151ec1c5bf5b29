from django.db import migrations

from hipcare.triggers import refuse

OF_A_GIVEN_VERSION = "EXISTS (SELECT 1 FROM programmes_version v WHERE v.id = OLD.version_id AND v.number IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [
        refuse("programmes_version", "update", "a given version is frozen", "OLD.number IS NOT NULL"),
        refuse("programmes_prescription", "update", "a given version is frozen", OF_A_GIVEN_VERSION),
        refuse("programmes_handout", "update", "a sheet that was handed over does not change"),
    ]
