"""Prepare the embedded doccano's database before it starts: tables, roles, the queue, the administrator."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from annotate.programs import run_quietly

# doccano's own commands retry for minutes if the database refuses us, let the first process that needs the queue make
# it (if two do so at once, one fails) and take the password as an argument. Importing backend.cli puts doccano's
# settings into the environment.
SCRIPT = """
import os, sys, django, backend.cli
os.umask(0o077)
django.setup()
from config.celery import app
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError, connection
try:
    connection.ensure_connection()
except OperationalError as error:
    sys.exit("cannot connect to the database: " + " ".join(str(error).split()))
call_command("migrate", stdout=sys.stderr)
call_command("create_roles", stdout=sys.stderr)
with app.connection_for_write() as broker, broker.channel() as channel:
    for queue in app.amqp.queues.values():
        queue(channel).declare()
name, chosen, random = (os.environ.get(key) for key in ("ADMIN", "CHOSEN_PASSWORD", "RANDOM_PASSWORD"))
user = get_user_model().objects.filter(username=name).first()
if user is None:
    get_user_model().objects.create_superuser(name, "", chosen or random)
    print("created")
elif chosen and not user.check_password(chosen):
    user.set_password(chosen)
    user.save()
    print("changed")
"""


def prepare_database(python: str, environment: Mapping[str, str]) -> str:
    """Create what is missing in the database of this environment; say what was done with the administrator.

    The administrator is DOCCANO_USERNAME of our own environment, or `admin`. DOCCANO_PASSWORD becomes the password;
    without it a new user gets a random one. Raises ParknerError if we cannot connect to the database.
    """
    name, chosen = os.environ.get("DOCCANO_USERNAME") or "admin", os.environ.get("DOCCANO_PASSWORD", "")
    random = secrets.token_urlsafe(12)
    passwords = {"ADMIN": name, "CHOSEN_PASSWORD": chosen, "RANDOM_PASSWORD": random}
    folder = Path(environment["DOCCANO_HOME"])
    done = run_quietly(python, "-c", SCRIPT, environment={**environment, **passwords}, folder=folder).strip()
    if done == "created" and not chosen:
        return f"user {name} created, password {random} (shown only this once)"
    if done:
        return f"user {name} {done}, with the password in DOCCANO_PASSWORD"
    return f"user {name} exists already" + ("" if chosen else "; to give it a new password set DOCCANO_PASSWORD")
