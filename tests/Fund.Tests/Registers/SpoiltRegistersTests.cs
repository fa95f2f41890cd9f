using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>Registers spoilt at random never bring the reader down, and every row is accounted for.</summary>
public sealed class SpoiltRegistersTests
{
    [Theory]
    [InlineData("polyclinic.csv", 1300, 1)]
    [InlineData("hospital.xlsx", 500, 2)]
    [InlineData("lines.json", 200, 3)]
    public void A_spoilt_register_is_refused_or_every_row_of_it_is_accounted_for(string name, int times, int seed)
    {
        var original = name == "lines.json"
            ? """[{"line_id":"A-1","stated_id":620106422885,"service_code":"B03.335.002","started_on":"2026-10-30","amount":980.40,"diagnosis":"I20.8","provider_id":"210440297469","month":"2026-10"},{"line_id":"A-2","stated_id":"620106422885","service_code":"B03.335.002","started_on":"2026-10-30","amount":980.40,"diagnosis":"I20.8","month":"2026-10","provider_id":"210440297469"}]"""u8.ToArray()
            : File.ReadAllBytes(RegisterFiles.Kept(name));
        var random = new Random(seed);
        var read = 0;
        for (var i = 0; i < times; i++)
        {
            var spoilt = Spoil(original, random);
            var (outcome, rejections) = RegisterFiles.Read(spoilt, name, RegisterFiles.Options);
            if (outcome.Facts is { } facts)
            {
                read++;
                Assert.Equal(facts.Rows, facts.Accepted + facts.Rejected);
                Assert.Equal(facts.Rejected, rejections.Select(r => r.Row).Distinct().Count());
            }

            Assert.True(outcome.Facts is null != outcome.Refusal is null);
        }

        Assert.InRange(read, 1, times);
    }

    private static byte[] Spoil(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.Insert(at, "\";\n\r=,\0-"u8[random.Next(8)]);
                    break;
                case 4:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(20) == 0 ? bytes.Count - at : length);
                    break;
            }

            if (bytes.Count == 0)
            {
                return [];
            }
        }

        return [.. bytes];
    }
}
