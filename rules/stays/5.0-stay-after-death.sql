/*---
code: "5.0"
kind: potential
state: on
title:
  kk: "Емдеуге жатқызу пациент қайтыс болған күннен кейін де жалғасқан"
  ru: "Госпитализация продолжается после дня смерти пациента"
  en: "The stay goes on after the day of the patient's death"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.5.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Стационарда {started_on}–{ended_on} болған деп көрсетілген, пациент {death_date} күні қайтыс болған"
  ru: "Предъявлено пребывание {started_on}–{ended_on}, пациент умер {death_date}"
  en: "A stay of {started_on} to {ended_on} is billed, the patient died on {death_date}"
honest_reasons:
  kk:
    - "Шығару келесі күні ресімделген"
    - "Қайтыс болған ананың ЖСН-імен жаңа туған нәресте емделген"
    - "Тіркелім адамның екі нөмірін біріктірді: оқиға басқа адамға қатысты"
  ru:
    - "Выписка оформлена на следующий день"
    - "Под ИИН умершей матери лечили новорождённого"
    - "Регистр объединил два номера: событие относится к другому человеку"
  en:
    - "The discharge was recorded on the next day"
    - "A newborn stayed under the number of its dead mother"
    - "The register merged two numbers: the event belongs to another person"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.ended_on, s.death_date
FROM monitored_service AS s
JOIN list_care_forms AS f
  ON f.care_form = s.care_form AND f.stay AND s.started_on BETWEEN f.from_day AND f.to_day
JOIN list_data_limits AS l
  ON l.name = 'stay_paperwork_days' AND s.started_on BETWEEN l.from_day AND l.to_day
WHERE s.death_date >= s.started_on
  AND s.ended_on > s.death_date
  AND s.ended_on - s.death_date > l.value
  AND NOT s.newborn
