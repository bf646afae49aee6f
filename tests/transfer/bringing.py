"""Files sent as a browser sends them, and a worker that reads them."""

from __future__ import annotations

import re
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.transfer.bringing import working
from archive.transfer.bringing.models import Batch

IMPORT = "/works/import"


def send(client, *files: tuple[str, bytes | str], **fields: str):
    """Send files, and answer what came back."""
    sent = [SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode()) for name, content in files]
    return client.post(IMPORT, {"key": uuid.uuid4(), "chosen": sent, "makes": "works", **fields})


def bring(client, *files: tuple[str, bytes | str], **fields: str) -> Batch:
    """Send files and have the worker read them."""
    response = send(client, *files, **fields)
    assert response.status_code == 302, response.context["form"].errors
    return work_on(Batch.objects.get(pk=int(re.findall(r"\d+", response["Location"])[0])))


def work_on(batch: Batch) -> Batch:
    """Have the worker do all that there is to do for a batch."""
    while working.work_on(batch.pk):
        pass
    return Batch.objects.get(pk=batch.pk)


def states(batch: Batch) -> list[str]:
    """Answer what became of the files."""
    return list(batch.files.shown().in_order().values_list("state", flat=True))


def decide(client, file, **fields: str):
    """Say what is to become of a file."""
    return client.post(reverse("file_decision", args=[file.pk]), fields)


def post_all(client, batch: Batch) -> Batch:
    """Post all drafts of a batch that are ready."""
    page = client.get(reverse("batch_posting", args=[batch.pk]))
    client.post(reverse("batch_posting", args=[batch.pk]), {"file": [row.file.pk for row in page.context["ready"]]})
    return work_on(batch)
