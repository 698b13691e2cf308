// Gin, answering what was captured of another server: bytes that are ready, as a Gin service with a cache would.
//
// Arguments: the port, and the folder with the files "headers" and "body".
package main

import (
	"log"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"
)

func main() {
	body, err := os.ReadFile(filepath.Join(os.Args[2], "body"))
	if err != nil {
		log.Fatal(err)
	}
	lines, err := os.ReadFile(filepath.Join(os.Args[2], "headers"))
	if err != nil {
		log.Fatal(err)
	}
	contentType := ""
	var headers [][2]string
	for _, line := range strings.Split(strings.TrimSpace(string(lines)), "\n") {
		header := strings.SplitN(line, ": ", 2)
		if strings.EqualFold(header[0], "Content-Type") {
			contentType = header[1]
		} else {
			headers = append(headers, [2]string{header[0], header[1]})
		}
	}

	// As much memory as the other side may have, and no collection before it is used up.
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(512 << 20)

	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/api/v1/products/:sku", func(c *gin.Context) {
		for _, header := range headers {
			c.Header(header[0], header[1])
		}
		c.Data(200, contentType, body)
	})
	log.Fatal(router.Run("127.0.0.1:" + os.Args[1]))
}
