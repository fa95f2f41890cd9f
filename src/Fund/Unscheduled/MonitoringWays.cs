using System.Text.Json.Serialization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The ways in which monitoring is made; one may be made in several.</summary>
[JsonConverter(typeof(WordConverter<MonitoringWay>))]
public enum MonitoringWay
{
    /// <summary>Through the information system of the Fund.</summary>
    [Law("MON-321:6.1")]
    FundSystem,

    Visit,

    WrittenRequest,

    /// <summary>Study of medical information systems and those of the authorised body, with tools of data analysis.</summary>
    [Law("MON-321:6.4")]
    DataStudy,

    [Law("MON-321:6.5")]
    PatientSurvey,
}

/// <summary>How a patient was asked.</summary>
[JsonConverter(typeof(WordConverter<SurveyWay>))]
public enum SurveyWay
{
    InPerson,
    Phone,
    Video,
    Message,
    Letter,
}

/// <summary>A question to a patient with its answer.</summary>
public sealed record SurveyAnswer(string Question, string Answer);

/// <summary>A patient who was asked.</summary>
/// <param name="Number">Its place among the surveys of the monitoring.</param>
/// <param name="PersonId">Who was asked; nothing where the reader does not monitor.</param>
/// <param name="Contact">Number or address by which he was asked; nothing where the reader does not monitor.</param>
/// <param name="By">Who asked.</param>
/// <param name="Denies">He says that the service was not given: a sign, and no evidence by itself.</param>
[Law("MON-321:6.5")]
public sealed record PatientSurvey(int Number, long? PersonId, SurveyWay Way, string? Contact, DateOnly On, long By, IReadOnlyList<SurveyAnswer> Answers, bool Denies);

/// <summary>What analysis of a provider's activity found besides the findings of algorithms.</summary>
public sealed record AdditionalFinding(string Service, string Code, string What, Money Sum);

/// <summary>What of monitoring is noted beside its notices and its papers.</summary>
internal static class MonitoringNotes
{
    /// <summary>A visit, a request and a survey are noted by themselves; what else was done a person notes.</summary>
    [Law("MON-321:6.1")]
    [Law("MON-321:6.4")]
    public static Decided<MonitoringEvent> Note(NoteWay command, Terms terms) => string.IsNullOrWhiteSpace(command.What)
        ? Refusal.WithoutReasons
        : new WayNoted(command.At, Ground.Of("MON-321:6", terms, "way_noted", ("way", command.Way.ToString())), command.Way, command.What.Trim());

    /// <summary>Each question has its answer, and nobody is asked tomorrow.</summary>
    [Law("MON-321:6.5")]
    public static Decided<MonitoringEvent> Ask(UnscheduledMonitoring state, AskPatient command, Terms terms)
    {
        if (command.PersonId <= 0 || command.Answers.Count == 0 || command.Answers.Any(a => string.IsNullOrWhiteSpace(a.Question) || string.IsNullOrWhiteSpace(a.Answer)) || command.On > LocalDay.Of(command.At)
            || (command.Way is not SurveyWay.InPerson && string.IsNullOrWhiteSpace(command.Contact)))
        {
            return UnscheduledRefusals.SurveyIncomplete;
        }

        var ground = Ground.Of("MON-321:6.5", terms, "patient_asked", ("way", command.Way.ToString()), ("questions", command.Answers.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("denies", command.Denies ? "yes" : "no"));
        return new PatientAsked(command.At, ground, new(
            state.Surveys.Count + 1, command.PersonId, command.Way, command.Contact?.Trim(), command.On, command.By.Id, [.. command.Answers.Select(a => new SurveyAnswer(a.Question.Trim(), a.Answer.Trim()))], command.Denies));
    }

    [Law("MON-321:14")]
    public static Decided<MonitoringEvent> Found(NoteAdditional command, Terms terms) =>
        string.IsNullOrWhiteSpace(command.Finding.What) || terms.Law.Classification.On(terms.Today).Find(command.Finding.Code) is null
            ? UnscheduledRefusals.NoFacts
            : new AdditionalFound(command.At, Ground.Of("MON-321:14", terms, "found_by_analytics", ("code", command.Finding.Code), ("service", command.Finding.Service)), command.Finding);
}
