/*---
code: "6.2"
kind: potential
state: on
title:
  kk: "Дәрігер өзіне қызмет көрсеткен деп жазылған"
  ru: "Врач записан оказавшим услугу самому себе"
  en: "A doctor is billed as serving himself"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.6.2]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on} күнгі {service_code} қызметінде дәрігердің және пациенттің ЖСН-і бірдей"
  ru: "В услуге {service_code} от {started_on} ИИН врача и пациента совпадают"
  en: "In service {service_code} of {started_on} the doctor and the patient bear the same number"
honest_reasons:
  kk:
    - "Дәрігер анасының ЖСН-імен қаралған жаңа туған нәресте"
    - "Медициналық ақпараттық жүйе дәрігердің орнына пациенттің ЖСН-ін қойған"
  ru:
    - "Новорождённый, осмотренный под ИИН матери-врача"
    - "Медицинская информационная система подставила ИИН пациента вместо врача"
  en:
    - "A newborn seen under the number of its mother, a doctor"
    - "The provider's system wrote the patient's number in place of the doctor's"
---*/
SELECT s.service_id, s.person_id, s.started_on, COALESCE(s.service_code, s.drg_code, '–') AS service_code
FROM monitored_service AS s
WHERE s.doctor_id = s.person_id
  AND NOT s.newborn
