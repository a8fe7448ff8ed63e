"""The addresses of corporate review."""

from django.urls import path

from .views import (
    brief,
    review,
    review_case,
    review_deciding,
    review_digests,
    review_notes,
    review_promises,
    review_reopening,
    review_signing,
    review_work,
)

urlpatterns = [
    path("", review.review, name="review"),
    path("brief/", brief.brief, name="review-brief"),
    path("brief/read/", brief.read, name="review-brief-read"),
    path("brief/<int:pk>/say/", brief.say, name="review-brief-say"),
    path("brief/<int:pk>/hand-over/", brief.hand_over, name="review-brief-hand"),
    path("digests/", review_digests.digests, name="review-digests"),
    path("digests/close/", review_digests.close, name="review-close"),
    path("digests/<int:number>.csv", review_digests.table, name="review-digest-csv"),
    path("digests/<int:number>/", review_digests.digest, name="review-digest"),
    path("escalations/<int:pk>/", review_case.case, name="review-case"),
    path("escalations/<int:pk>/take/", review_case.take, name="review-take"),
    path("escalations/<int:pk>/decide/", review_case.decide, name="review-decide"),
    path("escalations/<int:pk>/reopen/", review_reopening.reopen, name="review-reopen"),
    path("escalations/<int:pk>/assign/", review_work.assign, name="review-assign"),
    path("escalations/<int:pk>/ask/", review_work.ask, name="review-ask"),
    path("escalations/<int:pk>/scores/", review_work.scores, name="review-scores"),
    path("escalations/<int:pk>/score/", review_work.score, name="review-score"),
    path("decisions/<int:pk>/", review_deciding.preview, name="review-decision"),
    path("decisions/<int:pk>/publish/", review_deciding.publish, name="review-publish"),
    path("decisions/<int:pk>/sign-off/", review_deciding.ask_sign_off, name="review-ask-sign-off"),
    path("decisions/<int:pk>/agree/", review_deciding.agree, name="review-agree"),
    path("decisions/<int:pk>/schedule/", review_deciding.schedule, name="review-schedule"),
    path("decisions/<int:pk>/unschedule/", review_deciding.unschedule, name="review-unschedule"),
    path("notes/", review_notes.notes, name="review-notes"),
    path("notes/<int:pk>/", review_notes.note, name="review-note"),
    path("sign-offs/", review_signing.sign_offs, name="review-sign-offs"),
    path("sign-offs/<int:pk>/", review_signing.sign_off, name="review-sign-off"),
    path("promises/<int:pk>/keep/", review_promises.keep, name="promise-keep"),
    path("promises/<int:pk>/miss/", review_promises.miss, name="promise-miss"),
]
