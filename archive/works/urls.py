"""Addresses of posting."""

from django.urls import path

from archive.works import autosave_views, chapter_views, order_views, text_views, version_views, views

urlpatterns = [
    path("works/new", views.work_new, name="work_new"),
    path("works/formatted", text_views.text_formatted, name="text_formatted"),
    path("works/<int:pk>/edit", views.work_edit, name="work_edit"),
    path("works/<int:pk>/publication", views.work_publication, name="work_publication"),
    path("works/<int:pk>/delete", views.work_delete, name="work_delete"),
    path("works/<int:pk>/restore", views.work_restore, name="work_restore"),
    path("works/<int:work_pk>/chapters/manage", order_views.chapters_manage, name="chapters_manage"),
    path("works/<int:work_pk>/chapters/new", chapter_views.chapter_new, name="chapter_new"),
    path("works/<int:work_pk>/chapters/<int:pk>/edit", chapter_views.chapter_edit, name="chapter_edit"),
    path("works/<int:work_pk>/chapters/<int:pk>/delete", chapter_views.chapter_delete, name="chapter_delete"),
    path("works/<int:work_pk>/chapters/<int:pk>/publication", chapter_views.chapter_publication, name="chapter_publication"),
    path("works/<int:work_pk>/chapters/<int:pk>/versions", version_views.versions_index, name="versions_index"),
    path("works/<int:work_pk>/chapters/<int:pk>/versions/compare", version_views.versions_compare, name="versions_compare"),
    path("works/<int:work_pk>/chapters/<int:pk>/versions/<int:number>", version_views.version_show, name="version_show"),
    path(
        "works/<int:work_pk>/chapters/<int:pk>/versions/<int:number>/restoration",
        version_views.version_restoration,
        name="version_restoration",
    ),
    path("unsent", autosave_views.unsent, name="unsent"),
    path("unsent/token", autosave_views.unsent_token, name="unsent_token"),
    path("unsent/return", autosave_views.unsent_return, name="unsent_return"),
    path("unsent/<uuid:key>", autosave_views.unsent_show, name="unsent_show"),
    path("unsent/<uuid:key>/removal", autosave_views.unsent_remove, name="unsent_remove"),
    path("users/<str:username>/works/drafts", views.drafts, name="drafts"),
    path("users/<str:username>/works/deleted", views.deleted_works, name="deleted_works"),
]
