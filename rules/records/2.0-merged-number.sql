/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Қызмет ауыстырылған ЖСН-мен ұсынылған"
  ru: "Услуга предъявлена под заменённым ИИН"
  en: "The service was billed under a replaced number"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Өнім беруші {stated_number} нөмірін көрсеткен, тіркелімде ол {current_number} нөмірімен ауыстырылған"
  ru: "Поставщик указал номер {stated_number}, в регистре он заменён на {current_number}"
  en: "The provider wrote {stated_number}, the register replaced it by {current_number}"
honest_reasons:
  kk:
    - "Нөмір жақында ауыстырылған, өнім беруші әлі білмейді"
    - "Шетелдік кейін ЖСН алған"
  ru:
    - "Номер заменён недавно, поставщик ещё не знает"
    - "Иностранец позже получил ИИН"
  en:
    - "The number was replaced lately, the provider does not know yet"
    - "A foreigner got a number later"
---*/
SELECT s.service_id, s.person_id, s.stated_id AS stated_number, s.person_id AS current_number
FROM monitored_service AS s
JOIN list_data_limits AS l
  ON l.name = 'foreign_number' AND s.started_on BETWEEN l.from_day AND l.to_day
WHERE s.stated_id <> s.person_id
  AND s.stated_id < l.value
