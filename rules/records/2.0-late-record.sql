/*---
code: "2.0"
kind: general
state: on
title:
  kk: "Деректер ақпараттық жүйеге уақтылы енгізілмеген"
  ru: "Данные внесены в информационную систему несвоевременно"
  en: "The record was entered late"
in_force: 2025-08-01..
law: [MON-321:12, MON-321:A1.2.0]
look_back: 0
reach: line
statistical: false
evidence:
  kk: "Қызмет {ended_on} күні аяқталған, жазба {recorded_on} күні енгізілген: {working_days} жұмыс күні, рұқсат етілгені {term}"
  ru: "Услуга закончена {ended_on}, запись внесена {recorded_on}: рабочих дней {working_days} при допустимых {term}"
  en: "The service ended on {ended_on}, the record was entered on {recorded_on}: {working_days} working days where {term} are allowed"
reason:
  kk: "Қызмет {ended_on} күні аяқталған, жазба {recorded_on} күні, {working_days} жұмыс күнінен кейін енгізілген"
  ru: "Услуга закончена {ended_on}, запись внесена {recorded_on}; прошло рабочих дней: {working_days}"
  en: "The service ended on {ended_on}, the record was entered on {recorded_on}, {working_days} working days later"
honest_reasons:
  kk:
    - "Аралықта демалыс және мереке күндері болған"
    - "Ақпараттық жүйе жұмыс істемеген"
    - "Медициналық пойызда байланыс жоқ"
    - "Зерттеу ұзаққа созылады"
  ru:
    - "Между ними были выходные и праздники"
    - "Информационная система не работала"
    - "На медицинском поезде нет связи"
    - "Исследование длится долго"
  en:
    - "Days off and holidays lay between"
    - "The information system was out of order"
    - "The medical train has no connection"
    - "The examination takes long"
---*/
SELECT s.service_id, s.person_id, s.ended_on, s.recorded_on,
       CAST(k.working_number - d.working_number AS BIGINT) AS working_days, l.working_days AS term
FROM monitored_service AS s
JOIN list_record_terms AS l
  ON l.care_form = s.care_form AND s.started_on BETWEEN l.from_day AND l.to_day
JOIN calendar AS d ON d.day = s.ended_on
JOIN calendar AS k ON k.day = s.recorded_on
WHERE s.recorded_on - s.ended_on > l.working_days
  AND k.working_number - d.working_number > l.working_days
