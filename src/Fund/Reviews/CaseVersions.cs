using System.Buffers.Binary;
using System.Security.Cryptography;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Reviews;

/// <summary>Versions of cases as forms carry them: they tell one state of a case from another, and nothing else of what happened to it.</summary>
internal sealed class CaseVersions(ProceedingStore store)
{
    private readonly Lazy<byte[]> _key = new(() => Convert.FromHexString(store.Secret("desk_versions")));

    public string Of(long id) => Of(id, store.TurnOf(id));

    public IReadOnlyDictionary<long, string> Of(IReadOnlyCollection<long> ids) => store.TurnsOf(ids).ToDictionary(t => t.Key, t => Of(t.Key, t.Value));

    /// <param name="turn">The number of events that stand behind it, which nobody without the key of the installation reads out of it.</param>
    public string Of(long id, int turn)
    {
        Span<byte> told = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(told, id);
        BinaryPrimitives.WriteInt32LittleEndian(told[8..], turn);
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, told)[..12]);
    }
}
