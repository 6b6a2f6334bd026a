namespace Platform.LocalHost.Instances;

/// <summary>One running copy of the application: its folder and the files in it.</summary>
internal sealed class Instance(string root, string name)
{
    public const string DefaultName = "default";

    public string Root { get; } = root;

    public string Name { get; } = name;

    public bool IsDefault => Name == DefaultName;

    /// <summary>The folder of all instances.</summary>
    public string AllData => Path.Combine(Root, ".data");

    public string Data => Path.Combine(AllData, Name);

    public string Logs => Path.Combine(Data, "logs");

    /// <summary>What lives only while the instance runs.</summary>
    public string Run => Path.Combine(Data, "run");

    public string SecretsFile => Path.Combine(Data, "secrets.json");

    public string PortOffsetFile => Path.Combine(Data, "port-offset");

    public string HostFile => Path.Combine(Run, "host.json");

    /// <summary>What the dashboard has heard.</summary>
    public string DashboardFile => Path.Combine(Data, "dashboard.db");

    public string LockFile => Path.Combine(Run, "lock");

    public string ProcessesFolder => Path.Combine(Run, "processes");

    /// <summary>Shared by all instances: what npm has brought.</summary>
    public string Tools => Path.Combine(AllData, "npm");

    /// <summary>Makes the instance's folders, which its owner alone can look into.</summary>
    public void MakeFolders()
    {
        PrivateFolder.MakeForServers(Data);
        PrivateFolder.Make(Logs);
        PrivateFolder.Make(Run);
    }

    public string DataOf(string resource) => Path.Combine(Data, resource);

    public string LogOf(string resource) => Path.Combine(Logs, resource + ".log");
}
