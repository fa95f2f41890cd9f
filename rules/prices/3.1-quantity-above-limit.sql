/*---
code: "3.1"
kind: potential
state: on
title:
  kk: "Бір жолдағы қызмет саны шектен көп"
  ru: "Количество услуг в одной строке выше предела"
  en: "More units of a service in one line than allowed"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.1]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{service_code}: {quantity} бірлік ұсынылған, шегі {max_quantity}"
  ru: "{service_code}: предъявлено {quantity}, предел {max_quantity}"
  en: "{service_code}: {quantity} billed, limit {max_quantity}"
reason:
  kk: "{service_code}: бір жолда {quantity} бірлік ұсынылған, бұл бір жолда болатын саннан көп"
  ru: "{service_code}: в одной строке предъявлено единиц: {quantity}; это больше, чем бывает в одной строке"
  en: "{service_code}: {quantity} units are billed in one line, more than one line may hold"
honest_reasons:
  kk:
    - "Курс бір жолмен ұсынылған"
    - "Бірнеше аймақ немесе проекция зерттелген"
    - "Саны басқа өлшем бірлігімен қате енгізілген"
  ru:
    - "Курс предъявлен одной строкой"
    - "Исследовано несколько областей или проекций"
    - "Количество ошибочно введено в других единицах"
  en:
    - "A course was billed in one line"
    - "Several areas or projections were examined"
    - "The quantity was entered in other units by mistake"
---*/
SELECT s.service_id, s.person_id, s.service_code, s.quantity, q.max_quantity
FROM monitored_service AS s
JOIN list_service_quantity AS q
  ON q.service_code = s.service_code AND s.started_on BETWEEN q.from_day AND q.to_day
WHERE s.quantity > 1
  AND s.quantity > q.max_quantity
  AND s.care_form IN ('phc', 'specialist', 'train', 'rural')
  AND s.medicine_code IS NULL
