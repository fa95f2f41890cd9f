/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Бала анасының ЖСН-імен тым ұзақ емделуде"
  ru: "Ребёнка слишком долго лечат под ИИН матери"
  en: "A child is treated under the mother's number for too long"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 92
reach: person
statistical: false
evidence:
  kk: "Анасының ЖСН-імен алғашқы жазба {first_on} күнгі, осы қызмет {started_on} күні: {days} күн өткен"
  ru: "Первая запись под ИИН матери от {first_on}, эта услуга {started_on}: прошло дней {days}"
  en: "The first record under the mother's number is of {first_on}, this service of {started_on}: {days} days later"
honest_reasons:
  kk:
    - "Бала жаңа туған, ЖСН-і әлі берілмеген"
    - "Анасы туу туралы куәлікті әлі алмаған"
  ru:
    - "Ребёнок только родился, ИИН ещё не присвоен"
    - "Мать ещё не оформила свидетельство о рождении"
  en:
    - "The child was just born and has no number yet"
    - "The mother has not yet registered the birth"
---*/
WITH child AS (
  SELECT t.person_id, MIN(t.started_on) AS first_on
  FROM known_service AS t
  WHERE t.newborn
  GROUP BY t.person_id
)
SELECT s.service_id, s.person_id, c.first_on, s.started_on, s.started_on - c.first_on AS days
FROM monitored_service AS s
JOIN child AS c ON c.person_id = s.person_id
JOIN list_data_limits AS l
  ON l.name = 'newborn_days' AND s.started_on BETWEEN l.from_day AND l.to_day
WHERE s.newborn
  AND s.started_on - c.first_on > l.value
