"""Addresses of what readers say about warnings."""

from django.urls import path

from archive.warnings import views

urlpatterns = [
    path("works/<int:pk>/consent", views.work_consent, name="work_consent"),
    path("preferences/warnings", views.warning_preferences, name="warning_preferences"),
    path("preferences/left-out/tags/<str:name>", views.left_out_tag, name="left_out_tag"),
    path("preferences/left-out/languages/<str:code>", views.left_out_language, name="left_out_language"),
    path("preferences/left-out/people/<str:username>", views.left_out_author, name="left_out_author"),
]
