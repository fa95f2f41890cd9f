/*---
code: "9.0"
kind: potential
state: on
title:
  kk: "Стационар деңгейінде төлеуге жатпайтын өлім: әрбір өлім жағдайы мониторингтен өтеді"
  ru: "Летальный исход на уровне стационара, не подлежащий оплате: мониторингу подлежит каждый случай"
  en: "Death in hospital that is not payable: every fatal case is monitored"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:40.1, MON-321:41, MON-321:A1.9.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on} күні жатқызылып, {ended_on} күні қайтыс болған, негізгі диагноз {diagnosis}"
  ru: "Госпитализирован {started_on}, умер {ended_on}, основной диагноз {diagnosis}"
  en: "Admitted on {started_on}, died on {ended_on}, main diagnosis {diagnosis}"
honest_reasons:
  kk:
    - "Ана өлімі: мемлекеттік орган қарайды"
    - "Паллиативтік медициналық көмек көрсету кезіндегі өлім"
    - "Ауыр жағдайда жеткізілген, көмек толық көлемде көрсетілген"
    - "Өмірмен сыйыспайтын жарақат немесе даму ақауы"
  ru:
    - "Материнская смерть: рассматривает государственный орган"
    - "Смерть при оказании паллиативной медицинской помощи"
    - "Доставлен в крайне тяжёлом состоянии, помощь оказана в полном объёме"
    - "Травма или порок развития, несовместимые с жизнью"
  en:
    - "Maternal death: examined by the state body"
    - "Death in palliative care"
    - "Brought in a very grave state, care was given in full"
    - "Injury or malformation incompatible with life"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.ended_on, COALESCE(s.diagnosis, '') AS diagnosis
FROM monitored_service AS s
LEFT JOIN list_death_exempt AS e
  ON s.diagnosis LIKE e.diagnosis_prefix || '%' AND s.ended_on BETWEEN e.from_day AND e.to_day
WHERE s.outcome = 'died'
  AND (s.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met') OR (s.care_form IN ('rural', 'psychiatry', 'tuberculosis') AND s.bed_days > 0))
  AND s.medicine_code IS NULL
  AND COALESCE(s.provider_palliative, FALSE) = FALSE
  AND e.diagnosis_prefix IS NULL
