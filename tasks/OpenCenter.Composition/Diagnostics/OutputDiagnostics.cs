namespace OpenCenter.Composition.Diagnostics;

/// <summary>What keeps a tree from being written, or shows that it is not what the sources make: OC6xxx.</summary>
internal static class OutputDiagnostics
{
    public static Diagnostic InTheWay(string file) =>
        new("OC6001", Severity.Error, "The build has to write this file, but something that no build wrote is in its way. Move it out of the tree, or delete it.", new Place(file));

    public static Diagnostic Foreign(string file) =>
        new("OC6002", Severity.Warning, "No build wrote this file, and nothing in the tree uses it. Move it out of the tree: everything in it is generated.", new Place(file));

    public static Diagnostic Edited(string file, string source) =>
        new("OC6003", Severity.Error, $"This generated file was edited. To keep the edit, move it to {source}, and build with -p:FluxTreeMode=Overwrite; to drop it, build so right away.", new Place(file));

    public static Diagnostic Differs(string file, string path, string how) =>
        new("OC6004", Severity.Error, $"The committed tree is not what the sources make: '{path}' {how}. Run 'dotnet build' and commit the tree.", new Place(file));

    public static Diagnostic MoreDifferences(string tree, int more) =>
        new("OC6005", Severity.Error, $"{more} more files of the committed tree are not what the sources make. Run 'dotnet build' and commit the tree.", new Place(tree));

    public static Diagnostic Removed(Place place, string name, string package, bool isDeployed, IReadOnlyList<string> objects) =>
        new("OC6006", Severity.Error, $"'{name}'{(package.Length == 0 ? "" : $" ({package})")} {(isDeployed ? "has more in the committed tree than in this build" : "is in the committed tree, but not in this build")}: the cluster would delete {string.Join(", ", objects)} and all that they applied. If that is meant, add <ClusterRemoval Include=\"{name}\" />.", place);

    public static Diagnostic NothingToRemove(Place place, string name) =>
        new("OC6007", Severity.Information, $"ClusterRemoval '{name}' removes nothing any more; it can go.", place);

    public static Diagnostic Failed(string tree, string reason) =>
        new("OC6008", Severity.Error, $"The tree can't be read or written: {reason}. What is there stays as it is, or the next build finishes it.", new Place(tree));

    public static Diagnostic BadRecord(Place place, string reason) =>
        new("OC6009", Severity.Error, $"This record of what was written can't be read: {reason}. Build with -p:FluxTreeMode=Overwrite to make it anew.", place);

    public static Diagnostic Unfinished(string tree) =>
        new("OC6010", Severity.Error, "A build of this tree was interrupted. Run 'dotnet build': it finishes what was begun.", new Place(tree));

    public static Diagnostic ChangedMeanwhile(string file) =>
        new("OC6011", Severity.Error, "This file changed while a build was writing the tree, or after one was interrupted, so it is left as it is. Restore it from Git, then build again.", new Place(file));

    public static Diagnostic Busy(string tree) =>
        new("OC6012", Severity.Error, "Another build is writing this tree. Build again when it is done.", new Place(tree));

    public static Diagnostic OtherProject(Place place, string project) =>
        new("OC6013", Severity.Error, $"This tree belongs to '{project}'. Give each project a tree of its own: set FluxTreePath; after renaming a project, change 'project' in .opencenter/cluster.json.", place);

    public static Diagnostic Collision(string tree, string first, string second) =>
        new("OC6014", Severity.Error, $"'{first}' and '{second}' can't both be in the tree: they differ in case only, or one is a folder of the other. Rename one.", new Place(tree));

    public static Diagnostic BadPath(string tree, string path) =>
        new("OC6015", Severity.Error, $"The build would write '{path}', a name that not every system can have, or that the tree keeps for itself. Rename the file or the service that it comes from.", new Place(tree));

    public static Diagnostic NotWritten(string file, string reason) =>
        new("OC6017", Severity.Error, $"This file can't be written: {reason}.", new Place(file));

    public static Diagnostic MoreForeign(string tree, int more) =>
        new("OC6018", Severity.Warning, $"{more} more files of this tree were written by no build. Move them out of the tree: everything in it is generated.", new Place(tree));

    public static Diagnostic BrokenJournal(string folder) =>
        new("OC6016", Severity.Error, "What an interrupted build left here is damaged, so that build can't be finished. Restore the tree from Git, delete this folder, then build again.", new Place(folder));

    public static Diagnostic Immutable(Place place, string item, string field, bool hasData) =>
        new("OC6030", Severity.Error, $"{item}: {field} is not what the committed tree has, and Kubernetes does not let it change. Take it back, give the object another name, or let Flux delete the object and make it anew{(hasData ? ", with the data in it" : "")}: annotate it with kustomize.toolkit.fluxcd.io/force: enabled.", place);

    public static Diagnostic Shrinks(Place place, string item, string field, string size, string before) =>
        new("OC6031", Severity.Error, $"{item}: {field} is {size}, and the committed tree has {before}: a volume can grow, but not shrink. Take it back, or make a smaller claim of another name and move the data.", place);
}
