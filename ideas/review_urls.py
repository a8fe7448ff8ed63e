"""The addresses of corporate review."""

from django.urls import path

from .views import review, review_case, review_digests, review_promises

urlpatterns = [
    path("", review.review, name="review"),
    path("digests/", review_digests.digests, name="review-digests"),
    path("digests/close/", review_digests.close, name="review-close"),
    path("digests/<int:number>/", review_digests.digest, name="review-digest"),
    path("escalations/<int:pk>/", review_case.case, name="review-case"),
    path("escalations/<int:pk>/take/", review_case.take, name="review-take"),
    path("escalations/<int:pk>/decide/", review_case.decide, name="review-decide"),
    path("decisions/<int:pk>/", review_case.preview, name="review-decision"),
    path("decisions/<int:pk>/publish/", review_case.publish, name="review-publish"),
    path("promises/<int:pk>/keep/", review_promises.keep, name="promise-keep"),
    path("promises/<int:pk>/miss/", review_promises.miss, name="promise-miss"),
]
