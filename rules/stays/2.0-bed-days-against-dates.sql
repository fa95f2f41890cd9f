/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Төсек-күн саны күндерге сәйкес келмейді"
  ru: "Число койко-дней не соответствует датам"
  en: "The number of bed-days does not fit the dates"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "{started_on}–{ended_on} аралығына {bed_days} төсек-күн жазылған, ең көбі {most_days} болады"
  ru: "За {started_on}–{ended_on} записано койко-дней: {bed_days}, возможно не более {most_days}"
  en: "{bed_days} bed-days are recorded for {started_on} to {ended_on}, at most {most_days} are possible"
reason:
  kk: "{started_on}–{ended_on} аралығына {bed_days} төсек-күн жазылған: бұл күндер санынан көп"
  ru: "За {started_on}–{ended_on} записано койко-дней: {bed_days}, это больше числа дней"
  en: "{bed_days} bed-days are recorded for {started_on} to {ended_on}, more than there are days"
honest_reasons:
  kk:
    - "Күндізгі стационарда түскен және шыққан күн екі күн болып саналады"
    - "Демалыс күндері немесе үйге жіберілген күндер саналмайды"
    - "Сол күні түсіп, сол күні шыққан: бір төсек-күн"
  ru:
    - "В дневном стационаре день поступления и день выписки считаются за два дня"
    - "Выходные дни или дни домашнего отпуска не считаются"
    - "Поступление и выписка в один день: один койко-день"
  en:
    - "In a day hospital the days of admission and of discharge count as two"
    - "Days off and days of leave do not count"
    - "Admission and discharge on one day make one bed-day"
---*/
SELECT s.service_id, s.person_id, s.started_on, s.ended_on, s.bed_days, s.ended_on - s.started_on + 1 AS most_days
FROM monitored_service AS s
WHERE s.bed_days > s.ended_on - s.started_on + 1
