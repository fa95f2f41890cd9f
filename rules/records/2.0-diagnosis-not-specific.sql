/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Диагноз төртінші таңбасыз жазылған"
  ru: "Диагноз записан без четвёртого знака"
  en: "The diagnosis lacks its fourth character"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{diagnosis} диагнозының нақтылайтын кодтары бар, біреуін таңдау керек"
  ru: "У диагноза {diagnosis} есть уточняющие коды, нужен один из них"
  en: "Diagnosis {diagnosis} has more specific codes, one of them is needed"
honest_reasons:
  kk:
    - "Бұл айдарда төртінші таңба жоқ"
    - "Жедел жәрдемнің алдын ала диагнозы"
  ru:
    - "У этой рубрики нет четвёртого знака"
    - "Предварительный диагноз скорой помощи"
  en:
    - "This category has no fourth character"
    - "A preliminary diagnosis of an ambulance"
---*/
SELECT s.service_id, s.person_id, s.diagnosis
FROM monitored_service AS s
JOIN diagnosis AS d ON d.code = s.diagnosis
WHERE d.leaf = FALSE
  AND s.care_form <> 'ambulance'
