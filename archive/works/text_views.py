"""What becomes of words as they are typed, for the editor that shows them."""

from http import HTTPStatus

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from archive.errors import ArchiveError
from archive.people.requests import SignedInRequest
from archive.text.cleaning import Profile
from archive.works import entries
from archive.works.requests import posting


@posting
@require_POST
def text_formatted(request: SignedInRequest) -> HttpResponse:
    """Answer the HTML that would be kept of a text; nothing is kept. One that cannot be cleaned is answered with its sentence."""
    # As plain text: nothing that was only just sent is shown as a page.
    try:
        profile = Profile(request.POST.get("profile", ""))
        words = entries.Words.cleaned(request.POST.get("text", ""), profile)
    except ValueError:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST, content_type="text/plain")
    except ArchiveError as refusal:
        return HttpResponse(str(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain; charset=utf-8")
    return HttpResponse(words.html, content_type="text/plain; charset=utf-8")
