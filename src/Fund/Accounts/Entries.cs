namespace Kepil.Fund.Accounts;

/// <summary>A file of a provider as it was taken in: how many rows it had and what became of them.</summary>
public sealed class Submission
{
    public long Id { get; set; }

    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file as it came.</summary>
    public required string FileHash { get; set; }

    public long ProviderId { get; set; }

    public DateOnly Month { get; set; }

    public long Rows { get; set; }

    public long Accepted { get; set; }

    public long Rejected { get; set; }

    /// <summary>Accepted rows that the fund already held with the same content.</summary>
    public long Unchanged { get; set; }

    /// <summary>Accepted rows that replaced an earlier content of the same line.</summary>
    public long Corrected { get; set; }

    /// <summary>Rejected rows whose line a finding has frozen (MON-321:24).</summary>
    public long Frozen { get; set; }

    /// <summary>Tiyn billed by the accepted rows.</summary>
    public long Billed { get; set; }

    /// <summary>Milliseconds since 1970 in UTC.</summary>
    public long ReceivedAt { get; set; }

    /// <summary>Path of the rejections under the folder of the fund.</summary>
    public required string Rejections { get; set; }
}

/// <summary>An immutable file of records of one month and shard, named by its content.</summary>
public sealed class RecordFile
{
    public long Id { get; set; }

    public required string Path { get; set; }

    public required string Hash { get; set; }

    public DateOnly Month { get; set; }

    public int Shard { get; set; }

    public long Lines { get; set; }

    /// <summary>Submission that brought the newest of its lines.</summary>
    public long AddedBy { get; set; }

    /// <summary>Submission whose corrections replaced it, or the one that stood last when fresh facts did; the file stays as history.</summary>
    public long? RetiredBy { get; set; }

    /// <summary>Refresh of facts that wrote it, when no submission did.</summary>
    public long? WrittenByRefresh { get; set; }

    /// <summary>Refresh of facts that replaced it, when no submission did.</summary>
    public long? RetiredByRefresh { get; set; }
}

/// <summary>One refresh of a month's facts: how many records a changed register had to say something else about.</summary>
public sealed class FactRefreshed
{
    public long Id { get; set; }

    public DateOnly Month { get; set; }

    public long RefreshedAt { get; set; }

    /// <summary>Records that have other facts now.</summary>
    public long Changed { get; set; }

    /// <summary>Records whose facts would be others, but a finding rests on those that were known (MON-321:24).</summary>
    public long KeptAsEvidence { get; set; }

    /// <summary>Changed records by register, as "person 3, licence 12".</summary>
    public required string ByRegister { get; set; }
}

/// <summary>A register that lines are compared with, as it was loaded.</summary>
public sealed class ReferenceFile
{
    public long Id { get; set; }

    public required string Register { get; set; }

    public required string Path { get; set; }

    public required string Hash { get; set; }

    public long Rows { get; set; }

    public long LoadedAt { get; set; }

    public long? ReplacedBy { get; set; }
}

/// <summary>One monitoring of a month: by which rules and law, and what it came to.</summary>
public sealed class MonitoringRun
{
    public long Id { get; set; }

    public DateOnly Month { get; set; }

    public long StartedAt { get; set; }

    public long FinishedAt { get; set; }

    public required string Engine { get; set; }

    /// <summary>SHA-256 over the texts of all rules and lists that judged.</summary>
    public required string PackHash { get; set; }

    /// <summary>First day in force of the classification that priced the findings.</summary>
    public DateOnly Edition { get; set; }

    public long Lines { get; set; }

    public long Billed { get; set; }

    public long AtRisk { get; set; }

    public long Debt { get; set; }

    public long PotentialFindings { get; set; }

    public long GeneralFindings { get; set; }

    /// <summary>Identity of all findings with their evidence and sums, whatever their order.</summary>
    public required string Digest { get; set; }

    /// <summary>Folder of the run under the folder of the fund.</summary>
    public required string Path { get; set; }

    /// <summary>Number of the newest file of records that was judged or looked back on.</summary>
    public long LastFile { get; set; }
}

/// <summary>How one rule fared in a run.</summary>
public sealed class RunRule
{
    public long RunId { get; set; }

    public required string RuleId { get; set; }

    public required string TextHash { get; set; }

    public required string Code { get; set; }

    public required string Kind { get; set; }

    public long Hits { get; set; }

    /// <summary>Hits on forms of care for which the classification has '-': no findings.</summary>
    public long NotApplicable { get; set; }

    public long Milliseconds { get; set; }

    public string? Failure { get; set; }
}
