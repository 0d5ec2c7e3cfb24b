using System.IO.Compression;
using System.Text;
using OpenCenter.Composition.Charts;

namespace OpenCenter.Composition.Tests;

/// <summary>A chart's archive comes from somewhere else: whatever it is, it is read or refused.</summary>
public sealed class ChartArchiveTests
{
    [Fact]
    public void A_time_that_no_calendar_has_is_refused()
    {
        var record = "33 mtime=99999999999999999999999\n";

        var problem = Assert.Throws<InvalidDataException>(() => Read([.. Entry("pax", 'x', record), .. Entry("chart/values.yaml", '0', "a: 1\n")]));

        Assert.Equal("a header in it can't be read", problem.Message);
    }

    [Fact]
    public void A_file_that_says_it_is_larger_than_the_archive_is_refused()
    {
        var entry = Entry("chart/values.yaml", '0', "a: 1\n");
        Encoding.ASCII.GetBytes("77777777777").CopyTo(entry, 124);

        Assert.Throws<InvalidDataException>(() => Read(entry));
    }

    [Fact]
    public void A_small_archive_that_unpacks_to_more_than_it_may_is_refused()
    {
        Assert.Equal("it holds more than 64 MiB", Assert.Throws<InvalidDataException>(() => Read(new byte[65 * 1024 * 1024])).Message);
    }

    [Fact]
    public void Only_what_says_something_of_values_is_read()
    {
        Assert.Equal(["values.yaml"], Read([.. Entry("chart/values.yaml", '0', "a: 1\n"), .. Entry("chart/templates/pod.yaml", '0', "b: 1\n")]).Keys);
    }

    private static Dictionary<string, byte[]> Read(byte[] tar)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(tar);
        }

        zipped.Position = 0;
        return ChartFiles.ReadArchive(zipped);
    }

    // One header of 512 bytes, then the text in blocks of 512.
    private static byte[] Entry(string name, char type, string text)
    {
        var bytes = new byte[512 + ((text.Length + 511) / 512 * 512)];
        Put(0, name);
        Put(100, "0000644\0");
        Put(124, Convert.ToString(text.Length, 8).PadLeft(11, '0'));
        Put(136, "00000000000");
        Put(148, "        ");
        Put(156, type.ToString());
        Put(257, "ustar\0" + "00");
        Put(148, Convert.ToString(bytes[..512].Sum(value => value), 8).PadLeft(6, '0') + "\0 ");
        Put(512, text);
        return bytes;

        void Put(int at, string part) => Encoding.ASCII.GetBytes(part).CopyTo(bytes, at);
    }
}
