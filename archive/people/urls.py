"""The addresses of accounts, as AO3 has them, under the names that django-allauth reverses."""

from allauth.account import views as allauth
from django.urls import path, re_path, register_converter

from archive.people import pass_views, tools, views


class NameConverter:
    """A pseud's name in an address: whatever a name may be, but never what a database cannot look up."""

    regex = r"[^/\x00-\x1f]{1,40}"

    def to_python(self, value: str) -> str:
        """Answer the name."""
        return value

    def to_url(self, value: str) -> str:
        """Answer the name; Django quotes it."""
        return value


register_converter(NameConverter, "pseud_name")

# These come before /users/NAME, so each word that stands in the place of a NAME here is a reserved username.
accounts = [
    path("users/login", tools.log_in, name="account_login"),
    path("users/login/code/confirm", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("users/logout", allauth.logout, name="account_logout"),
    path("users/signup", views.SignupView.as_view(), name="account_signup"),
    path("signup/<slug:token>", views.SignupView.as_view(), name="account_signup_invited"),
    path("users/login/inactive", allauth.account_inactive, name="account_inactive"),
    path("users/login/again", allauth.reauthenticate, name="account_reauthenticate"),
    path("users/email", allauth.email, name="account_email"),
    path("users/confirm-email", allauth.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^users/confirm-email/(?P<key>[-:\w]+)$", allauth.confirm_email, name="account_confirm_email"),
    path("users/password/change", allauth.password_change, name="account_change_password"),
    path("users/password/set", allauth.password_set, name="account_set_password"),
    path("users/password/reset", allauth.password_reset, name="account_reset_password"),
    path("users/password/reset/done", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "users/password/reset/key/done",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^users/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

urlpatterns = [
    *accounts,
    path("token_dispenser.json", tools.token_dispenser, name="token_dispenser"),
    path("preferences", views.preferences, name="preferences"),
    path("preferences/people", views.people_preferences, name="people_preferences"),
    path("preferences/wishes", views.wishes_preferences, name="wishes_preferences"),
    path("users/<slug:username>/preferences", views.preferences, name="preferences"),
    path("users/<slug:username>/pseuds", views.pseuds_index, name="pseuds_index"),
    # Not pseuds/new: that is the page of a pseud named "new".
    path("users/<slug:username>/new-pseud", views.pseud_new, name="pseud_new"),
    path("users/<slug:username>/pseuds/<pseud_name:name>/edit", views.pseud_edit, name="pseud_edit"),
    path("users/<slug:username>/pseuds/<pseud_name:name>/delete", views.pseud_delete, name="pseud_delete"),
    path("users/<slug:username>/app-passwords", pass_views.app_passwords, name="app_passwords"),
    path(
        "users/<slug:username>/app-passwords/<int:pk>/revocation",
        pass_views.app_password_revoke,
        name="app_password_revoke",
    ),
    path("settings/invitations", views.invitations, name="invitations"),
    path("settings/invitations/<slug:token>/withdrawal", views.invitation_withdraw, name="invitation_withdraw"),
]
