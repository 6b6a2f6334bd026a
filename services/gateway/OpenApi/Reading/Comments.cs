using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Platform.Gateway.OpenApi.Reading;

/// <summary>What the contracts say in words.</summary>
internal static partial class Comments
{
    /// <summary>Where a call asks for nothing but a token.</summary>
    public const string AnyMember = "any member";

    // The ways in which the contracts say so.
    private static readonly string[] WithoutPermission = [AnyMember, "every member", "valid token only"];

    private const string NoToken = "No permission and no token";
    private const string NoKey = "no Idempotency-Key";
    private const string OutputOnly = "Output only";
    private const string InputOnly = "Input only";

    /// <summary>The comment in front of it, and behind it in the same line, as one text; empty where there is none.</summary>
    public static string Of(IDescriptor descriptor) => descriptor switch
    {
        MessageDescriptor message => Of(message.Declaration),
        FieldDescriptor field => Of(field.Declaration),
        EnumDescriptor type => Of(type.Declaration),
        EnumValueDescriptor value => Of(value.Declaration),
        ServiceDescriptor service => Of(service.Declaration),
        MethodDescriptor rpc => Of(rpc.Declaration),
        _ => "",
    };

    /// <summary>
    /// The permission that a call needs, from its own comment ("Permission: deals.read."), else from that of its service
    /// ("Permissions: deals.read, deals.write", the first for what only reads); "any member" where a token is enough, null where
    /// none is needed, empty where the contract does not say.
    /// </summary>
    public static string? PermissionOf(MethodDescriptor rpc, bool reads)
    {
        var own = Of(rpc);
        if (own.Contains(NoToken, StringComparison.Ordinal))
            return null;
        if (Named(own, reads) is { } permission)
            return permission;
        return NeedsNone(own) ? AnyMember : Named(Of(rpc.Service), reads) ?? "";
    }

    /// <summary>Whether the comment says that a token is enough.</summary>
    public static bool NeedsNone(string comment) => WithoutPermission.Any(words => comment.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the call's answer holds a secret, so that it is not kept for a repetition.</summary>
    public static bool RefusesIdempotencyKey(MethodDescriptor rpc) => Of(rpc).Contains(NoKey, StringComparison.Ordinal);

    /// <summary>Whether only the platform sets the field.</summary>
    public static bool IsOutputOnly(FieldDescriptor field) => Of(field).StartsWith(OutputOnly, StringComparison.Ordinal);

    /// <summary>Whether answers leave the field empty.</summary>
    public static bool IsInputOnly(FieldDescriptor field) => Of(field).StartsWith(InputOnly, StringComparison.Ordinal);

    private static string? Named(string comment, bool reads)
    {
        var names = Permissions().Match(comment) is { Success: true } match ? match.Groups["name"].Captures : null;
        return names is null ? null : names[reads ? 0 : ^1].Value;
    }

    private static string Of(DescriptorDeclaration? declaration) =>
        declaration is null ? "" : Clean($"{declaration.LeadingComments}\n{declaration.TrailingComments}");

    // Lines are broken where the source ends them; an empty one begins a paragraph.
    private static string Clean(string comment) =>
        string.Join("\n\n", comment.Split("\n\n").Select(paragraph => string.Join(' ', paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))).Where(text => text.Length > 0));

    [GeneratedRegex(@"\bPermissions?: (?<name>[a-z]+\.[a-z_]+)(?:, (?<name>[a-z]+\.[a-z_]+))*")]
    private static partial Regex Permissions();
}
