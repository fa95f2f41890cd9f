/*---
code: "3.2"
kind: potential
state: on
title:
  kk: "Қызмет бекітілген тарифтен жоғары бағамен ұсынылған"
  ru: "Услуга предъявлена по цене выше утверждённого тарифа"
  en: "A service billed at a price above the approved tariff"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.2]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{service_code}: бағасы {price}, тарифі {tariff}"
  ru: "{service_code}: цена {price}, тариф {tariff}"
  en: "{service_code}: price {price}, tariff {tariff}"
honest_reasons:
  kk:
    - "Тариф өткен күннен бастап өзгерген, тізілімге әлі енгізілмеген"
    - "Түзету коэффициенті қолданылған: ауыл, экология"
    - "Тариф белгісіз"
  ru:
    - "Тариф изменён задним числом и ещё не внесён"
    - "Применён поправочный коэффициент: село, экология"
    - "Тариф неизвестен"
  en:
    - "The tariff was changed with effect from an earlier day and is not entered yet"
    - "A correcting factor was applied: village, ecology"
    - "The tariff is not known"
---*/
SELECT s.service_id, s.person_id, s.service_code, s.price, s.tariff
FROM monitored_service AS s
WHERE s.price > s.tariff
  AND s.tariff > 0
  AND s.service_code <> ''
  AND s.care_form IN ('phc', 'specialist', 'train', 'rural', 'hiv', 'pathology', 'blood')
  AND s.medicine_code IS NULL
