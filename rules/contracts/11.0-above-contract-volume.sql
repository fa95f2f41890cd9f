/*---
code: "11.0"
kind: potential
state: on
title:
  kk: "Сатып алу шартында көзделген айлық көлемнен асқан қызмет"
  ru: "Услуга сверх месячного объёма, предусмотренного договором закупа"
  en: "Service above the monthly volume of the contract"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:50, MON-321:A1.11.0]
look_back: 0
reach: provider
statistical: false
evidence:
  kk: "{contract} шартының айлық жоспары – {plan_amount}, осы жолмен бірге – {running_amount}"
  ru: "Месячный план договора {contract} – {plan_amount}, с этой строкой – {running_amount}"
  en: "The monthly plan of contract {contract} is {plan_amount}, with this line {running_amount}"
honest_reasons:
  kk:
    - "Шұғыл көмектен бас тартуға болмайды"
    - "Көлемді ұлғайту туралы қосымша келісім жасалған"
    - "Асыра орындау сызықтық шкала бойынша төленеді"
    - "Жоспар келесі айлардан ауыстырылған"
  ru:
    - "В экстренной помощи отказать нельзя"
    - "Подписано соглашение об увеличении объёма"
    - "Перевыполнение оплачивается по линейной шкале"
    - "План перенесён из следующих месяцев"
  en:
    - "Emergency care may not be refused"
    - "An agreement on a larger volume was signed"
    - "Over-execution is paid by the linear scale"
    - "The plan was moved from later months"
---*/
WITH above AS (
    SELECT u.contract_line_id, u.month, c.contract, c.amount AS plan_amount
    FROM contract_use AS u
    JOIN contract_line AS c ON c.contract_line_id = u.contract_line_id
    WHERE u.amount > c.amount
      AND c.care_form IN ('phc', 'specialist', 'train', 'drg', 'actual', 'bed_day', 'average', 'met', 'rural', 'pathology', 'blood')
), running AS (
    SELECT k.service_id, k.person_id, k.urgency, a.contract, a.plan_amount,
           CAST(SUM(k.amount) OVER (PARTITION BY a.contract_line_id, a.month ORDER BY k.ended_on, k.service_id) AS BIGINT) AS running_amount
    FROM above AS a
    JOIN known_service AS k ON k.contract_line_id = a.contract_line_id AND k.month = a.month
)
SELECT r.service_id, r.person_id, COALESCE(r.contract, '') AS contract, r.plan_amount, r.running_amount
FROM running AS r
JOIN monitored_service AS s ON s.service_id = r.service_id AND s.person_id = r.person_id
WHERE r.running_amount > r.plan_amount
  AND COALESCE(r.urgency, 'planned') <> 'emergency'
