"""Pages."""

from django.urls import URLPattern, path

from prasan.web.views import calendar, desk, findings, imports, pairs, plans, public, records, rules, session

urlpatterns: list[URLPattern] = [
    path("", public.home, name="home"),
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-in/as/", session.sign_in_as, name="sign_in_as"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("language/", session.language, name="language"),
    path("desk/", desk.desk, name="desk"),
    path("areas/", public.areas, name="areas"),
    path("areas/<str:code>/", public.area, name="area"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/submit/", plans.submit, name="plan_submit"),
    path("projects/", records.projects, name="projects"),
    path("projects/<str:code>/", records.project, name="project"),
    path("projects/<str:code>/hand-over/", records.hand_over, name="hand_over"),
    path("hand-overs/<int:pk>/answer/", records.answer, name="answer_handover"),
    path("needs/", records.needs, name="needs"),
    path("needs/<str:code>/", records.need, name="need"),
    path("pairs/", pairs.pairs, name="pairs"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pk>/undo/", pairs.undo, name="pair_undo"),
    path("imports/", imports.imports, name="imports"),
    path("imports/check/", imports.check, name="import_check"),
    path("imports/checked/<str:batch>/", imports.checked, name="import_checked"),
    path("imports/checked/<str:batch>/<int:number>/repair-report.xlsx", imports.repair_report, name="repair_report"),
    path("imports/<int:pk>/", imports.submission, name="submission"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<int:pk>.<str:ending>", calendar.calendar_file, name="calendar_file"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:rule_id>/", rules.rule, name="rule"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/answer/", findings.answer, name="answer_finding"),
    path("findings/<int:pk>/decide/", findings.decide, name="decide_finding"),
    path("plans/<int:pk>/check/", findings.check, name="plan_check"),
]
