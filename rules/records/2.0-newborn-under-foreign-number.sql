/*---
code: "2.0"
kind: general
state: on
title:
  kk: "«Жаңа туған нәресте» белгісі анасы бола алмайтын адамның ЖСН-іне қойылған"
  ru: "Отметка «новорождённый» стоит на ИИН человека, который не может быть матерью"
  en: "The newborn mark stands on the number of one who cannot be the mother"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Жаңа туған нәресте белгісі бар, ал ЖСН иесі ({age_years} жаста) жынысына немесе жасына қарай ана бола алмайды"
  ru: "Стоит отметка «новорождённый», а владелец ИИН (возраст {age_years}) по полу или возрасту не может быть матерью"
  en: "The line is marked newborn, yet the bearer of the number (aged {age_years}) cannot be the mother by sex or age"
honest_reasons:
  kk:
    - "Анасы қайтыс болған немесе бас тартқан, бала әкесінің ЖСН-імен емделген"
    - "Баланың өз ЖСН-і бар: белгі артық қойылған"
  ru:
    - "Мать умерла или отказалась, ребёнка лечат под ИИН отца"
    - "У ребёнка уже свой ИИН: отметка лишняя"
  en:
    - "The mother died or left, the child is treated under the father's number"
    - "The child has a number of its own: the mark is superfluous"
---*/
SELECT s.service_id, s.person_id, s.sex, s.age_years
FROM monitored_service AS s
JOIN list_data_limits AS a
  ON a.name = 'mother_age_from' AND s.started_on BETWEEN a.from_day AND a.to_day
JOIN list_data_limits AS b
  ON b.name = 'mother_age_to' AND s.started_on BETWEEN b.from_day AND b.to_day
WHERE s.newborn
  AND s.age_years > 0
  AND ((s.sex = 'm' AND NOT COALESCE(s.sex_changed, FALSE)) OR s.age_years < a.value OR s.age_years > b.value)
