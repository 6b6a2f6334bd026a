using OtpNet;

namespace Platform.Identity.Otp;

/// <summary>RFC 4648 base 32 without padding, which is how authenticator apps take a secret.</summary>
internal static class Base32
{
    public static string Encode(byte[] bytes) => bytes.Length == 0 ? "" : Base32Encoding.ToString(bytes).TrimEnd('=');

    /// <summary>Null when the text is not base 32.</summary>
    public static byte[]? Decode(string text)
    {
        try
        {
            return text.Length == 0 ? [] : Base32Encoding.ToBytes(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
