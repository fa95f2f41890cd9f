/*---
code: "3.3"
kind: potential
state: on
title:
  kk: "Ұсынылған төсек-күндер жату ұзақтығынан көп"
  ru: "Предъявлено койко-дней больше, чем длилось пребывание"
  en: "More bed-days billed than the stay lasted"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.3]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on}–{ended_on} жату, {billed_days} төсек-күн ұсынылған"
  ru: "Пребывание {started_on}–{ended_on}, предъявлено койко-дней: {billed_days}"
  en: "Stay {started_on}–{ended_on}, {billed_days} bed-days billed"
honest_reasons:
  kk:
    - "Түскен күні де, шыққан күні де есептелген"
    - "Анасы мен баласы бірге жатқан, бір жолда ұсынылған"
  ru:
    - "Посчитаны и день поступления, и день выписки"
    - "Мать и ребёнок лежали вместе и предъявлены одной строкой"
  en:
    - "Both the day of admission and the day of discharge were counted"
    - "Mother and child stayed together and were billed in one line"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.ended_on, GREATEST(COALESCE(s.bed_days, s.quantity), s.quantity) AS billed_days
FROM monitored_service AS s
WHERE s.care_form = 'bed_day'
  AND s.medicine_code IS NULL
  AND s.newborn = FALSE
  AND s.ended_on >= s.started_on
  AND GREATEST(COALESCE(s.bed_days, s.quantity), s.quantity) > s.ended_on - s.started_on + 1
