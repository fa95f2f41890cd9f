using Kepil.Law;

namespace Kepil.Fund.Purchase;

/// <summary>The purchase of a year as it was opened.</summary>
/// <param name="Opens">First day on which providers apply.</param>
/// <param name="Closes">Last day.</param>
/// <param name="Requirements">What is asked of providers.</param>
public sealed record Campaign(long Id, int Year, DateOnly Opens, DateOnly Closes, string Requirements, ShareTerms Terms, string MadeBy);

/// <summary>A provider's application for a row of the plan.</summary>
/// <param name="Kato">Nine digits of the place of the production base.</param>
/// <param name="Capacity">Units of the year he can give.</param>
public sealed record ProviderApplication(long Id, int Number, long ProviderId, string Kato, long Capacity, string MadeBy);

/// <summary>What the commission decided on one application.</summary>
public sealed record CommissionDecision(int Number, long ProviderId, bool Admitted, string Reason);

/// <summary>A member of the commission and the providers from whose affairs he has to keep away.</summary>
public sealed record CommissionMember(string Who, IReadOnlyList<long> Conflicts);

/// <summary>The commission's protocol: who sat, what was decided, and what counted of each provider on that day.</summary>
public sealed record PurchaseProtocol(IReadOnlyList<CommissionMember> Members, IReadOnlyList<CommissionDecision> Decisions, IReadOnlyList<ProtocolFact> Facts, IReadOnlyList<ProtocolGap> Gaps);

/// <summary>What counted of a provider for a row, frozen on the day of the protocol; sums in tiyn.</summary>
public sealed record ProtocolFact(int Number, long ProviderId, long Capacity, long Attached, long Contracted, long Billed, long Unconfirmed);

/// <summary>What an application lacked by the registers on the day of the protocol.</summary>
public sealed record ProtocolGap(int Number, long ProviderId, string Name, string Register);

/// <summary>A protocol that the store holds.</summary>
public sealed record HeldProtocol(long Id, long CampaignId, PurchaseProtocol Protocol, string MadeBy);
