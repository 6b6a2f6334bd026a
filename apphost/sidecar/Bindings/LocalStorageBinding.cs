using System.Text;
using System.Text.Json.Nodes;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Bindings;

/// <summary>Type <c>bindings.localstorage</c>: files under a folder, and nothing outside of it.</summary>
internal sealed class LocalStorageBinding : IOutputBinding
{
    private static readonly string[] Forbidden = ["/", "/bin", "/boot", "/dev", "/etc", "/lib", "/proc", "/sbin", "/sys", "/usr"];
    private readonly string _root;

    public LocalStorageBinding(ComponentSpec spec)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(spec["rootPath"] ?? throw new StartupException("rootPath is missing or empty")));
        if (Forbidden.Contains(_root) || Forbidden.Skip(1).Any(path => _root.StartsWith(path + "/", StringComparison.Ordinal)))
            throw new StartupException($"rootPath {_root} is a folder of the system");
    }

    public IReadOnlyList<string> Capabilities { get; } = ["OUTPUT_BINDING"];
    public IReadOnlyList<string> Operations { get; } = ["create", "get", "list", "delete"];

    public Task Start(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root);
        return Task.CompletedTask;
    }

    public Task<BindingResponse> Invoke(BindingRequest request, CancellationToken cancellationToken) => request.Operation switch
    {
        "create" => Create(request, cancellationToken),
        "get" => Get(request, cancellationToken),
        "list" => Task.FromResult(List(request)),
        _ => Task.FromResult(Delete(request)),
    };

    private async Task<BindingResponse> Create(BindingRequest request, CancellationToken cancellationToken)
    {
        var file = Inside(request["fileName"] ?? Guid.NewGuid().ToString());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, Decode(BindingData.Unquote(request.Data)), cancellationToken);
        return Json(new JsonObject { ["fileName"] = Path.GetRelativePath(_root, file) });
    }

    private async Task<BindingResponse> Get(BindingRequest request, CancellationToken cancellationToken)
    {
        var file = Existing(request);
        return new BindingResponse(await File.ReadAllBytesAsync(file, cancellationToken));
    }

    private BindingResponse List(BindingRequest request)
    {
        var path = request["fileName"] is { } name ? Inside(name) : _root;
        if (File.Exists(path))
            return Json(new JsonArray(path));
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"file not found: {request["fileName"]}");
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Json(new JsonArray([.. Directory.EnumerateFiles(path, "*", options).Order(StringComparer.Ordinal).Select(file => (JsonNode)file)]));
    }

    private BindingResponse Delete(BindingRequest request)
    {
        File.Delete(Existing(request));
        return BindingResponse.Empty;
    }

    private string Existing(BindingRequest request)
    {
        var name = request["fileName"] ?? throw new ArgumentException("fileName is missing");
        var file = Inside(name);
        return File.Exists(file) ? file : throw new FileNotFoundException($"file not found: {name}");
    }

    // Neither dots nor a link on the way may lead out.
    private string Inside(string name)
    {
        var file = Path.GetFullPath(Path.Combine(_root, name.TrimStart('/')));
        if (!file.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ArgumentException("the file is outside of the root path");
        for (var path = file; path.Length > _root.Length; path = Path.GetDirectoryName(path)!)
        {
            if (new FileInfo(path).LinkTarget is not null)
                throw new ArgumentException("the file is behind a link");
        }

        return file;
    }

    // Binary data travels as base64 here, as with daprd.
    private static byte[] Decode(byte[] data)
    {
        try
        {
            return Convert.FromBase64String(Encoding.UTF8.GetString(data));
        }
        catch (FormatException)
        {
            return data;
        }
    }

    private static BindingResponse Json(JsonNode json) => new(JsonBody.Bytes(writer => json.WriteTo(writer)));
}
