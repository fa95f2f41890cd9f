/*---
code: "3.3"
kind: potential
state: on
title:
  kk: "Көрсетілген медициналық көмек тарифтен жоғары сомамен ұсынылған"
  ru: "Оказанная медицинская помощь предъявлена на сумму выше тарифа"
  en: "Medical care billed above the tariff"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.3]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Ұсынылған сома {amount}, тариф {tariff}, бірлік саны {units}"
  ru: "Предъявлено {amount}, тариф {tariff}, единиц {units}"
  en: "Billed {amount}, tariff {tariff}, units {units}"
honest_reasons:
  kk:
    - "Салмақ пен мөлшерлеменің көбейтіндісін теңгеге дейін дөңгелектеу"
    - "Тариф өткен күннен бастап өзгерген"
    - "Қымбат медициналық бұйым бойынша қосымша ақы"
    - "Тариф белгісіз"
  ru:
    - "Округление произведения веса и ставки до тенге"
    - "Тариф изменён задним числом"
    - "Доплата за дорогостоящее медицинское изделие"
    - "Тариф неизвестен"
  en:
    - "Weight times rate was rounded to whole tenge"
    - "The tariff was changed with effect from an earlier day"
    - "Additional payment for a costly medical device"
    - "The tariff is not known"
---*/
SELECT s.service_id, s.person_id, s.amount, s.tariff,
       CASE WHEN s.care_form = 'bed_day' THEN GREATEST(s.quantity, COALESCE(s.bed_days, s.quantity)) ELSE s.quantity END AS units
FROM monitored_service AS s
JOIN list_rule_bounds AS b
  ON b.name = 'rounding_tiyn' AND s.ended_on BETWEEN b.from_day AND b.to_day
WHERE s.tariff > 0
  AND s.care_form IN ('drg', 'actual', 'bed_day', 'average', 'met')
  AND s.medicine_code IS NULL
  AND s.amount > b.value + s.tariff * CAST(CASE WHEN s.care_form = 'bed_day' THEN GREATEST(s.quantity, COALESCE(s.bed_days, s.quantity)) ELSE s.quantity END AS BIGINT)
