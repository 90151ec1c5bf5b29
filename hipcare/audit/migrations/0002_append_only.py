from django.db import migrations

from hipcare.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        refuse("audit_entry", "update", "the audit trail is append-only"),
        refuse("audit_entry", "delete", "the audit trail is append-only"),
    ]
