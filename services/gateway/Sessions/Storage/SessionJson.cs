using System.Text.Json.Serialization;
using Platform.Gateway.Sessions.SignIn;

namespace Platform.Gateway.Sessions.Storage;

/// <summary>How sessions and their indexes are written.</summary>
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(List<IndexEntry>))]
[JsonSerializable(typeof(SeenToken))]
internal sealed partial class SessionJson : JsonSerializerContext;
