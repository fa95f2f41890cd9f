/*---
code: "1.2"
kind: potential
state: on
title:
  kk: "Консультациялық қызмет жолдамасыз көрсетілген"
  ru: "Консультация оказана без направления"
  en: "Consultation without a referral"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.1.2]
look_back: 93
reach: provider
statistical: false
evidence:
  kk: "{service_code} жоспарлы консультациялық қызметі {started_on} күні жолдамасыз көрсетілген"
  ru: "Плановая консультация {service_code} {started_on} оказана без направления"
  en: "Planned consultation {service_code} on {started_on} had no referral"
honest_reasons:
  kk:
    - "Шұғыл жағдай"
    - "Алғашқы консультация жолдамасы бойынша қайта қабылдау"
    - "Өнім берушінің тізілімінде жолдама бағаны жоқ"
    - "Жылжымалы медициналық кешен, үйге бару немесе топтық қарап-тексеру"
    - "Жолдамасыз баруға болатын маман"
  ru:
    - "Экстренный случай"
    - "Повторный приём по направлению первой консультации"
    - "В реестре поставщика нет графы направления"
    - "Передвижной медицинский комплекс, выезд на дом или групповой осмотр"
    - "Специалист, к которому можно обратиться без направления"
  en:
    - "Emergency"
    - "A repeat visit on the referral of the first one"
    - "The provider's register has no column for referrals"
    - "Mobile complex, visit at home or group examination"
    - "A specialist who may be seen without a referral"
---*/
WITH unreferred AS (
    SELECT s.service_id, s.person_id, s.provider_id, s.month, s.service_code, s.started_on, b.value AS days
    FROM monitored_service AS s
    JOIN list_needs_referral AS n
      ON n.service_code = s.service_code AND s.started_on BETWEEN n.from_day AND n.to_day
    JOIN list_rule_bounds AS b
      ON b.name = 'repeat_visit_days' AND s.started_on BETWEEN b.from_day AND b.to_day
    WHERE s.care_form IN ('phc', 'specialist')
      AND s.urgency = 'planned'
      AND s.referred_on IS NULL
      AND s.referrer_id IS NULL
      AND COALESCE(s.setting, 'ordinary') IN ('ordinary', 'remote')
), states_referrals AS (
    SELECT k.provider_id, k.month
    FROM known_service AS k
    WHERE k.referred_on IS NOT NULL AND k.care_form IN ('phc', 'specialist') AND k.medicine_code IS NULL
    GROUP BY k.provider_id, k.month
), follow_ups AS (
    SELECT DISTINCT u.service_id, u.person_id
    FROM unreferred AS u
    JOIN known_service AS k
      ON k.person_id = u.person_id AND k.provider_id = u.provider_id AND k.service_code = u.service_code
    WHERE k.started_on < u.started_on
      AND u.started_on - k.started_on <= u.days
      AND (k.referred_on IS NOT NULL OR k.referrer_id IS NOT NULL)
)
SELECT u.service_id, u.person_id, u.service_code, u.started_on
FROM unreferred AS u
JOIN states_referrals AS r ON r.provider_id = u.provider_id AND r.month = u.month
LEFT JOIN follow_ups AS f ON f.service_id = u.service_id AND f.person_id = u.person_id
WHERE f.service_id IS NULL
