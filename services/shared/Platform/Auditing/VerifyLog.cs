using Platform.Data;
using Platform.Errors;

namespace Platform.Auditing;

internal static class VerifyLog
{
    public static async Task<Result<Audit.V1.ChainReport>> Handle(
        Audit.V1.VerifyLogRequest request, PlatformDbContext db, string service, CancellationToken cancellationToken)
    {
        if (request.AfterSequence < 0)
            return Error.Invalid("afterSequence", "Use the sequence of a link, or 0.");
        if (request.AfterSequence > 0 && request.AfterHash.Length == 0)
            return Error.Invalid("afterSequence", "Use 0, or send the hash of that link, too.");
        if (request.AfterSequence > 0 && (request.AfterHash.Length != 2 * EntryHash.Length || !request.AfterHash.All(char.IsAsciiHexDigit)))
            return Error.Invalid("afterHash", "Use the hash of that link, in hexadecimal.");
        return await ChainVerifier.VerifyAsync(db, service, request, cancellationToken);
    }
}
