import io

from django.core.mail import EmailMessage

from archive.ops.mailing import ReadableConsole


def test_a_long_link_stands_whole_in_a_mail_on_the_terminal():
    link, written = "https://archive.example/users/confirm-email/" + "x" * 200, io.StringIO()

    ReadableConsole(stream=written).send_messages([EmailMessage("Confirm “it”", f"Follow\n\n{link}\n", to=["ada@example.com"])])

    assert f"\n{link}\n" in written.getvalue()
    assert "Subject: Confirm “it”" in written.getvalue()
