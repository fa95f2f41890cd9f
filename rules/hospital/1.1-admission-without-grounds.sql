/*---
code: "1.1"
kind: potential
state: on
title:
  kk: "Медициналық көрсетілімдер болмаған кезде пациентті емдеуге жатқызу"
  ru: "Госпитализация пациента при отсутствии медицинских показаний"
  en: "Admission of a patient without medical indications"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.1.1]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{diagnosis} диагнозымен {started_on} күні жоспарлы түрде емдеуге жатқызылып, {days_of_stay} күннен кейін шығарылған; бұл диагноз амбулаториялық жағдайларда емделеді"
  ru: "Планово госпитализирован {started_on} с диагнозом {diagnosis}, выписан через {days_of_stay} дн.; диагноз лечится в амбулаторных условиях"
  en: "Planned admission on {started_on} with {diagnosis}, discharged after {days_of_stay} days; the diagnosis is treated as an outpatient"
honest_reasons:
  kk:
    - "Шұғыл жағдай"
    - "Операция жасалған"
    - "Нәресте, кішкентай бала немесе қарт адам: қосалқы аурулар қаупі"
    - "Жағдайы нашарлап, ауыстырылған"
    - "Емделу мерзімі ұзақ болды: асқыну анықталған"
  ru:
    - "Экстренный случай"
    - "Выполнена операция"
    - "Младенец, маленький ребёнок или пожилой: риск сопутствующих болезней"
    - "Состояние ухудшилось, пациент переведён"
    - "Лечение оказалось долгим: выявлено осложнение"
  en:
    - "Emergency"
    - "An operation was made"
    - "Infant, small child or old person: risk of other diseases"
    - "The patient became worse and was transferred"
    - "The stay was long: a complication was found"
---*/
SELECT s.service_id, s.person_id, s.diagnosis, s.started_on, s.ended_on - s.started_on AS days_of_stay
FROM monitored_service AS s
JOIN list_outpatient_diagnoses AS o
  ON o.diagnosis_group = LEFT(s.diagnosis, 3) AND s.started_on BETWEEN o.from_day AND o.to_day
WHERE (s.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met') OR (s.care_form = 'rural' AND s.bed_days > 0))
  AND s.urgency = 'planned'
  AND s.operation_code IS NULL
  AND s.medicine_code IS NULL
  AND s.newborn = FALSE
  AND s.ended_on - s.started_on BETWEEN 0 AND o.max_days
  AND s.age_years BETWEEN o.age_from AND o.age_to
  AND COALESCE(s.outcome, '') NOT IN ('died', 'transferred', 'worse', 'refused')
