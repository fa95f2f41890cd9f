/*---
code: "14.0"
kind: potential
state: on
title:
  kk: "Қабылдау бөлімшесінде емдеуге жатқызудан бас тартылған пациент келесі күнге дейін шұғыл жатқызылған"
  ru: "Пациент, которому отказано в госпитализации на уровне приёмного отделения, экстренно госпитализирован не позднее следующего дня"
  en: "A patient refused at the admission department was admitted as an emergency by the next day"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.14.0]
look_back: 0
reach: person
statistical: false
evidence:
  kk: "{started_on} күні бас тартылған ({diagnosis}), {admitted_on} күні өнім берушіге (БСН {admitted_by}) шұғыл жатқызылған ({admitted_with})"
  ru: "Отказ {started_on} ({diagnosis}), экстренная госпитализация {admitted_on} у поставщика БИН {admitted_by} ({admitted_with})"
  en: "Refused on {started_on} ({diagnosis}), admitted as an emergency on {admitted_on} by provider {admitted_by} ({admitted_with})"
honest_reasons:
  kk:
    - "Бейінді стационарға жіберілген"
    - "Бас тартқаннан кейін жаңа жарақат алған"
    - "Пациенттің өзі емдеуге жатудан бас тартқан"
    - "Жоспарлы түрде кейінірек жатқызылған"
  ru:
    - "Направлен в профильный стационар"
    - "После отказа получена новая травма"
    - "Пациент сам отказался от госпитализации"
    - "Госпитализирован позже в плановом порядке"
  en:
    - "Sent on to a hospital of the right profile"
    - "A new injury after the refusal"
    - "The patient himself would not stay"
    - "Admitted later by plan"
---*/
WITH refusals AS (
    SELECT s.service_id, s.person_id, s.started_on, s.diagnosis, k.started_on AS admitted_on, k.provider_id AS admitted_by, k.diagnosis AS admitted_with,
           ROW_NUMBER() OVER (PARTITION BY s.service_id ORDER BY k.started_on, k.service_id) AS place
    FROM monitored_service AS s
    JOIN known_service AS k ON k.person_id = s.person_id
    WHERE s.outcome = 'refused'
      AND s.care_form = 'drg'
      AND k.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met')
      AND k.urgency = 'emergency'
      AND k.medicine_code IS NULL
      AND COALESCE(k.outcome, '') <> 'refused'
      AND k.provider_id <> s.provider_id
      AND COALESCE(k.referrer_id, 0) <> s.provider_id
      AND k.started_on - s.started_on BETWEEN 0 AND 1
      AND NOT (k.started_on = s.started_on AND COALESCE(k.started_minute, s.started_minute, 0) < COALESCE(s.started_minute, k.started_minute, 0))
      AND NOT (LEFT(k.diagnosis, 1) IN ('S', 'T') AND LEFT(s.diagnosis, 1) NOT IN ('S', 'T'))
)
SELECT r.service_id, r.person_id, r.started_on, COALESCE(r.diagnosis, '') AS diagnosis, r.admitted_on, r.admitted_by, COALESCE(r.admitted_with, '') AS admitted_with
FROM refusals AS r
WHERE r.place = 1
