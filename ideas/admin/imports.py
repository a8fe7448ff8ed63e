"""Bringing in ideas: upload, see what would come of it, let the worker do it, read the report."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from ..importing.formats import FileRefused
from ..importing.forms import UploadForm
from ..importing.runs import first_ideas, prepare, start
from ..models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Imports with their reports; a report is never deleted."""

    list_display = [
        "file_name",
        "source",
        "state",
        "new_ideas",
        "known_ideas",
        "new_comments",
        "fault_count",
        "made_at",
        "by",
    ]
    list_select_related = ["by"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content", "comments", "faults")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        begin = self.admin_site.admin_view(self.start_view)
        named = path("<int:pk>/start/", begin, name="ideas_importrun_start")
        return [named, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The upload; it leads to the preview."""
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                by: Any = request.user
                run = prepare(
                    form.plan(),
                    file_name=form.cleaned_data["file"].name,
                    all_or_nothing=form.cleaned_data["all_or_nothing"],
                    by=by,
                )
            except FileRefused as fault:
                form.add_error("file", str(fault))
            else:
                return redirect("admin:ideas_importrun_change", run.pk)
        return self._page(request, "upload", {"form": form, "title": _("Import ideas")})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The run as it stands: preview, progress or report."""
        run = get_object_or_404(ImportRun, pk=object_id)
        is_preview = run.state == ImportRun.State.PREVIEW
        context = {
            "run": run,
            "title": run.file_name,
            "first": first_ideas(run) if is_preview else [],
            "unshown_faults": run.fault_count - len(run.faults),
        }
        return self._page(request, "run", context)

    def start_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the worker begin; a second press changes nothing. GET leads to the button."""
        run = get_object_or_404(ImportRun, pk=pk)
        by: Any = request.user
        if request.method == "POST" and start(run, by=by):
            messages.success(request, _("The import is running. This page follows it."))
        return redirect(reverse("admin:ideas_importrun_change", args=[pk]))

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/ideas/{name}.html", {**shared, **context})
