/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Қызмет коды сол күнгі тарификаторда жоқ"
  ru: "Кода услуги нет в тарификаторе на этот день"
  en: "The service code is not in the tariff list of the day"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{service_code} коды {ended_on} күні тарификаторда жоқ"
  ru: "Кода {service_code} нет в тарификаторе на {ended_on}"
  en: "Code {service_code} is not in the tariff list on {ended_on}"
honest_reasons:
  kk:
    - "Емделген жағдай КШТ бойынша төленеді, қызмет коды болмайды"
    - "Жол дәрілік затқа арналған"
    - "Тариф кейінгі күннен енгізілген немесе кері күнмен бекітілген"
  ru:
    - "Пролеченный случай оплачивается по КЗГ, кода услуги нет"
    - "Строка относится к лекарственному средству"
    - "Тариф введён позже или утверждён задним числом"
  en:
    - "A treated case is paid by DRG and has no service code"
    - "The line is for a medicine"
    - "The tariff came later or was approved for the past"
---*/
SELECT s.service_id, s.person_id, s.service_code, s.ended_on
FROM monitored_service AS s
LEFT JOIN tariff AS t
  ON t.service_code = s.service_code AND s.ended_on BETWEEN t.from_day AND t.to_day
WHERE s.tariff IS NULL
  AND COALESCE(s.service_code, '') <> ''
  AND s.drg_code IS NULL
  AND s.medicine_code IS NULL
  AND t.service_code IS NULL
  AND EXISTS (SELECT 1 FROM tariff AS x)
