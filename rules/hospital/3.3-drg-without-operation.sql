/*---
code: "3.3"
kind: potential
state: on
title:
  kk: "Хирургиялық клиникалық шығындық топ операциясыз ұсынылған"
  ru: "Хирургическая клинико-затратная группа предъявлена без операции"
  en: "A surgical diagnosis-related group billed without an operation"
in_force: 2025-08-01..
law: [MON-321:13, MON-321:A1.3.3]
look_back: 0
reach: provider
statistical: false
evidence:
  kk: "{drg_code} КШТ хирургиялық, операция көрсетілмеген (диагноз {diagnosis})"
  ru: "КЗГ {drg_code} хирургическая, операция не указана (диагноз {diagnosis})"
  en: "DRG {drg_code} is surgical, no operation is stated (diagnosis {diagnosis})"
honest_reasons:
  kk:
    - "Өнім берушінің тізілімінде операция бағаны жоқ"
    - "Пациент операцияға дейін қайтыс болған немесе ауыстырылған"
    - "Операция жасалған, бірақ коды енгізілмеген"
  ru:
    - "В реестре поставщика нет графы операции"
    - "Пациент умер или переведён до операции"
    - "Операция сделана, но код не внесён"
  en:
    - "The provider's register has no column for operations"
    - "The patient died or was transferred before the operation"
    - "The operation was made but its code was not entered"
---*/
WITH states_operations AS (
    SELECT k.provider_id, k.month
    FROM known_service AS k
    WHERE k.care_form = 'drg' AND k.operation_code <> ''
    GROUP BY k.provider_id, k.month
)
SELECT s.service_id, s.person_id, s.drg_code, COALESCE(s.diagnosis, '') AS diagnosis
FROM monitored_service AS s
JOIN list_surgical_drgs AS g
  ON g.drg_code = s.drg_code AND s.ended_on BETWEEN g.from_day AND g.to_day
JOIN states_operations AS o ON o.provider_id = s.provider_id AND o.month = s.month
WHERE s.care_form = 'drg'
  AND COALESCE(s.operation_code, '') = ''
  AND s.medicine_code IS NULL
  AND COALESCE(s.outcome, '') NOT IN ('died', 'transferred', 'left', 'refused')
