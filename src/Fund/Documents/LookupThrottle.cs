using System.Net;
using System.Net.Sockets;

namespace Kepil.Fund.Documents;

/// <summary>Counts how often an address asked in vain, so that codes cannot be tried one after the other.</summary>
public sealed class LookupThrottle(TimeProvider clock)
{
    /// <summary>Vain questions of one address in a minute.</summary>
    public const int Most = 20;

    /// <summary>Addresses remembered at once; beyond that strangers wait for the next minute.</summary>
    private const int MostAddresses = 100_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, int> _vain = [];
    private readonly Lock _one = new();
    private DateTimeOffset _since;

    public bool Allows(IPAddress? address)
    {
        lock (_one)
        {
            Turn();
            return _vain.TryGetValue(KeyOf(address), out var count) ? count < Most : _vain.Count < MostAddresses;
        }
    }

    public void Count(IPAddress? address)
    {
        lock (_one)
        {
            Turn();
            var key = KeyOf(address);
            _vain[key] = _vain.GetValueOrDefault(key) + 1;
        }
    }

    private void Turn()
    {
        var now = clock.GetUtcNow();
        if (now - _since >= Window || now < _since)
        {
            _vain.Clear();
            _since = now;
        }
    }

    /// <summary>A whole network of the newer addresses counts as one: it belongs to one subscriber.</summary>
    private static string KeyOf(IPAddress? address) =>
        address is null ? ""
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
        : address.ToString();
}
