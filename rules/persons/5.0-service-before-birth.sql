/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Қызмет пациент туған күнге дейін көрсетілген"
  ru: "Услуга оказана до дня рождения пациента"
  en: "Service rendered before the patient was born"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Қызмет {ended_on} күні аяқталған, пациент {birth_date} күні туған"
  ru: "Услуга закончена {ended_on}, пациент родился {birth_date}"
  en: "The service ended on {ended_on}, the patient was born on {birth_date}"
honest_reasons:
  kk:
    - "Нәрестенің емдеуге жатқызылған күні ретінде анасының түскен күні жазылған"
    - "Жаңа туған нәресте анасының ЖСН-імен емделген"
    - "Тіркелімдегі туған күн кейін түзетілген"
  ru:
    - "Днём поступления ребёнка записан день поступления матери"
    - "Новорождённого лечили под ИИН матери"
    - "Дата рождения в регистре позже исправлена"
  en:
    - "The day of the mother's admission was written as that of the child"
    - "A newborn was treated under the mother's number"
    - "The date of birth was corrected in the register later"
---*/
SELECT s.service_id, s.person_id, s.ended_on, s.birth_date
FROM monitored_service AS s
WHERE s.age_days < 0
  AND s.ended_on < s.birth_date
  AND NOT s.newborn
