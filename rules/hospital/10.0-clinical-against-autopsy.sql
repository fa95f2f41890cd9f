/*---
code: "10.0"
kind: potential
state: on
title:
  kk: "Клиникалық диагноз патологиялық диагнозға сәйкес келмейді"
  ru: "Клинический диагноз не соответствует патологическому диагнозу"
  en: "The clinical diagnosis disagrees with the pathological diagnosis"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.10.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Клиникалық диагноз {diagnosis}, патологиялық диагноз {diagnosis_autopsy}"
  ru: "Клинический диагноз {diagnosis}, патологический диагноз {diagnosis_autopsy}"
  en: "Clinical diagnosis {diagnosis}, pathological diagnosis {diagnosis_autopsy}"
honest_reasons:
  kk:
    - "Бір аурудың екі коды: айырма нақтылауда ғана"
    - "Негізгі ауру мен оның асқынуы орын ауыстырған"
    - "Өлім түскен бойда болып, зерттеуге уақыт болмаған"
  ru:
    - "Два кода одной болезни: различие лишь в уточнении"
    - "Основная болезнь и её осложнение поменялись местами"
    - "Смерть наступила сразу после поступления, времени на обследование не было"
  en:
    - "Two codes of one disease: they differ in detail only"
    - "The main disease and its complication changed places"
    - "Death followed at once and left no time for examination"
---*/
SELECT s.service_id, s.person_id, s.diagnosis, s.diagnosis_autopsy
FROM monitored_service AS s
LEFT JOIN list_equivalent_diagnoses AS q
       ON q.clinical_group = LEFT(s.diagnosis, 3) AND q.autopsy_group = LEFT(s.diagnosis_autopsy, 3)
      AND s.ended_on BETWEEN q.from_day AND q.to_day
WHERE s.diagnosis_autopsy <> ''
  AND LEFT(s.diagnosis_autopsy, 3) <> LEFT(s.diagnosis, 3)
  AND s.care_form IN ('phc', 'drg', 'actual', 'bed_day', 'average', 'met', 'rural', 'psychiatry', 'tuberculosis')
  AND s.medicine_code IS NULL
  AND q.clinical_group IS NULL
