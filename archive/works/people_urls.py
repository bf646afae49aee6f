"""Addresses of what people ask each other about works, and of the answers."""

from django.urls import path

from archive.works import creator_views, orphan_views, request_views

urlpatterns = [
    path("works/<int:work_pk>/chapters/<int:pk>/creators", creator_views.chapter_creators, name="chapter_creators"),
    path("works/<int:pk>/creators", creator_views.work_creators, name="work_creators"),
    path("works/<int:pk>/creators/departure", creator_views.work_leave, name="work_leave"),
    path("series/<int:pk>/creators", creator_views.series_creators, name="series_creators"),
    path("series/<int:pk>/creators/departure", creator_views.series_leave, name="series_leave"),
    path("requests/gifts/<int:pk>/acceptance", request_views.gift_take, name="gift_take"),
    path("requests/gifts/<int:pk>/refusal", request_views.gift_refuse, name="gift_refuse"),
    path("orphans", orphan_views.orphans, name="orphans"),
    path("orphans/new", orphan_views.orphan_new, name="orphan_new"),
    path("users/<str:username>/deletion", orphan_views.account_delete, name="account_delete"),
    path("users/<str:username>/requests", request_views.requests_index, name="requests_index"),
    path("users/<str:username>/creatorships", request_views.requests_index, name="creatorships"),
    path("requests/invitations/<int:pk>/acceptance", request_views.invitation_accept, name="creator_invitation_accept"),
    path("requests/invitations/<int:pk>/refusal", request_views.invitation_refuse, name="creator_invitation_refuse"),
    path("requests/invitations/<int:pk>/another-chance", request_views.invitation_relent, name="creator_invitation_relent"),
    path("requests/invitations/<int:pk>/withdrawal", creator_views.invitation_withdraw, name="creator_invitation_withdraw"),
]
