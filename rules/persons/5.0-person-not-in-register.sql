/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Пациент халық тіркелімінде жоқ"
  ru: "Пациента нет в регистре населения"
  en: "The patient is not in the register of persons"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{person_number} нөмірлі адам халық тіркелімінде табылмады"
  ru: "Человек с номером {person_number} в регистре населения не найден"
  en: "No person with the number {person_number} is in the register"
honest_reasons:
  kk:
    - "ЖСН-і жоқ шетелдік: уақытша сәйкестендіргіш"
    - "Жаңа туған нәрестенің ЖСН-і әлі берілмеген"
    - "Нөмір қате терілген, қызмет көрсетілген адам бар"
  ru:
    - "Иностранец без ИИН: временный идентификатор"
    - "Новорождённому ещё не присвоен ИИН"
    - "Номер набран с ошибкой, а человек, получивший услугу, есть"
  en:
    - "A foreigner without a number: a temporary identifier"
    - "A newborn has no number yet"
    - "The number was mistyped, but the person who had the service exists"
---*/
SELECT s.service_id, s.person_id, s.person_id AS person_number
FROM monitored_service AS s
JOIN list_data_limits AS l
  ON l.name = 'foreign_number' AND s.started_on BETWEEN l.from_day AND l.to_day
WHERE s.person_known = FALSE
  AND s.person_id < l.value
  AND NOT s.newborn
