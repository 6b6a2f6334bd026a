using System.Text;

namespace Platform.Sidecar.Tests.Robustness;

/// <summary>Spoils good input in the ways in which input goes bad; the same seed spoils it the same way.</summary>
internal sealed class Mutation(int seed)
{
    private static readonly byte[][] Poison =
    [
        [0], [0xff, 0xfe], [0xc3, 0x28], "\\ud800"u8.ToArray(), "1e400"u8.ToArray(), "-0"u8.ToArray(), "null"u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(),
        "\""u8.ToArray(), "\r\n\r\n"u8.ToArray(), "../"u8.ToArray(), "||"u8.ToArray(), "%00%2f"u8.ToArray(), "\u202e\u0000"u8.ToArray(), [0xff, 0xff, 0xff, 0xff, 0x0f],
        Encoding.ASCII.GetBytes(new string('[', 300)), Encoding.ASCII.GetBytes(new string('9', 400)), Encoding.ASCII.GetBytes(new string('a', 5_000)),
    ];

    private readonly Random _random = new(seed);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public byte[] Spoil(string good) => Spoil(Encoding.UTF8.GetBytes(good));

    public byte[] Spoil(byte[] good)
    {
        var bytes = good.ToList();
        for (var changes = _random.Next(1, 4); changes > 0; changes--)
            Change(bytes);
        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 12), bytes.Count - at);
        switch (_random.Next(6))
        {
            case 0 when bytes.Count > at:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, Pick(Poison));
                break;
            default:
                bytes.InsertRange(at, Pick(Poison));
                break;
        }
    }
}
