/*---
code: "10.0"
kind: general
state: on
title:
  kk: "Жолдама диагнозы қорытынды диагнозға сәйкес келмейді"
  ru: "Диагноз направления не соответствует заключительному диагнозу"
  en: "The diagnosis of the referral disagrees with the final diagnosis"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.10.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Жолдама диагнозы {diagnosis_referral}, қорытынды диагноз {diagnosis}"
  ru: "Диагноз направления {diagnosis_referral}, заключительный диагноз {diagnosis}"
  en: "Diagnosis of the referral {diagnosis_referral}, final diagnosis {diagnosis}"
honest_reasons:
  kk:
    - "Жолдамада симптом немесе тексеру себебі көрсетілген"
    - "Шұғыл жеткізу: алдын ала диагноз"
    - "Стационардағы тексеру диагнозды нақтылаған"
  ru:
    - "В направлении указан симптом или повод обследования"
    - "Экстренная доставка: предварительный диагноз"
    - "Обследование в стационаре уточнило диагноз"
  en:
    - "The referral names a symptom or a reason for examination"
    - "Brought in an emergency: a preliminary diagnosis"
    - "Examination in hospital made the diagnosis exact"
---*/
SELECT s.service_id, s.person_id, s.diagnosis, s.diagnosis_referral
FROM monitored_service AS s
WHERE s.diagnosis_referral <> ''
  AND LEFT(s.diagnosis_referral, 1) <> LEFT(s.diagnosis, 1)
  AND LEFT(s.diagnosis_referral, 1) NOT IN ('R', 'Z')
  AND s.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met')
  AND s.urgency = 'planned'
  AND s.medicine_code IS NULL
  AND s.newborn = FALSE
