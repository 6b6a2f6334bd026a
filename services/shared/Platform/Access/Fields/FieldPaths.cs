using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Platform.Access.Fields;

/// <summary>Paths of fields, as policies write them.</summary>
public static class FieldPaths
{
    /// <summary>Whether the message has such a field; a path may lead through repeated messages and, by one key, into a Struct.</summary>
    public static bool Exists(MessageDescriptor message, string path)
    {
        var segments = path.Split('.');
        for (var i = 0; i < segments.Length; i++)
        {
            if (message.FindFieldByName(segments[i]) is not { IsMap: false } field)
                return false;
            if (i == segments.Length - 1)
                return true;
            if (field.FieldType != FieldType.Message)
                return false;
            if (field.MessageType == Struct.Descriptor)
                return i == segments.Length - 2 && segments[^1].Length > 0;
            message = field.MessageType;
        }

        return false;
    }
}
