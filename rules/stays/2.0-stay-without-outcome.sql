/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Емдеуге жатқызудың нәтижесі көрсетілмеген"
  ru: "Не указан исход госпитализации"
  en: "The outcome of the stay is missing"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on}–{ended_on} емдеуге жатқызудың нәтижесі жазылмаған"
  ru: "У госпитализации {started_on}–{ended_on} не записан исход"
  en: "No outcome is recorded for the stay of {started_on} to {ended_on}"
honest_reasons:
  kk:
    - "Ұзақ емдеу айма-ай төленеді: айдың соңғы күні емдеу жалғасуда"
  ru:
    - "Длительное лечение оплачивается помесячно: в последний день месяца оно продолжается"
  en:
    - "Long treatment is paid by the month: on its last day the stay goes on"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.ended_on
FROM monitored_service AS s
JOIN list_care_forms AS f
  ON f.care_form = s.care_form AND f.stay AND s.started_on BETWEEN f.from_day AND f.to_day
 AND (NOT f.needs_bed_days OR s.bed_days > 0)
WHERE s.outcome IS NULL
  AND NOT (EXTRACT(DAY FROM s.ended_on + 1) = 1 AND (f.needs_bed_days OR s.care_form = 'bed_day'))
